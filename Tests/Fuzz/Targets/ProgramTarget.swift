import JanusRuntime
import JanusSource

enum ProgramTarget {
  static func run(_ input: [UInt8]) {
    var loader = FuzzLibrary.loader()
    loader.load(SourceFile(name: "fuzz.jan", bytes: input), path: "fuzz.jan")
    guard loader.isValid else { return }
    FuzzRun.run(FuzzLibrary.requireSoundImages(loader.order), input)
  }
}
