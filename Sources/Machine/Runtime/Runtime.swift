public import JanusBytecode
public import JanusVM
import JanusNatives

/// A machine with the standard library, ready to run a program's modules.
public final class Runtime {
  public let machine: Machine
  private var library = ProgramLoader()

  public init(environment: Environment) {
    machine = Machine(environment: environment)
    machine.loadCoreType = { [unowned self] name in loadCoreType(name) }
  }

  /// Limits on what follows.
  ///
  /// - Parameter hasAlarm: the machine's `lookAtLimits` is called when the time is up.
  public func limit(_ limits: RunLimits, hasAlarm: Bool = false) {
    machine.limit(
      steps: limits.steps, timeoutNanoseconds: limits.timeoutNanoseconds, memory: limits.memory,
      hasAlarm: hasAlarm)
  }

  /// Links modules, dependencies first.
  public func link(_ images: [ModuleImage]) throws(LinkError) {
    for image in images where !machine.isLinked(image.name) {
      provideNatives(of: image.name)
      try machine.link(image)
    }
  }

  private func provideNatives(of module: String) {
    machine.provide(NativeTables.table(for: module))
  }

  private func loadCoreType(_ name: String) {
    guard let image = library.loadLibrary("core/\(name)") else { return }
    precondition(library.isValid, "the library module core/\(name) does not compile")
    for module in library.order where !machine.isLinked(module.name) {
      provideNatives(of: module.name)
      do {
        try machine.link(module)
      } catch {
        preconditionFailure("the standard library does not link: \(error.message)")
      }
    }
    _ = machine.run(module: image.name, callsMain: false, isNested: true)
  }

  /// Modules of the library that were linked on the way.
  public var libraryImages: [ModuleImage] { library.order }

  /// Runs the modules in order, and `main` of the last.
  public func run(_ images: [ModuleImage], callsMain: Bool = true) -> Outcome {
    for image in images {
      let isLast = image.name == images.last?.name
      let outcome = machine.run(
        module: image.name, callsMain: callsMain && isLast, isNested: false)
      guard case .finished = outcome else { return outcome }
    }
    return .finished
  }
}
