import JanusSource
import JanusTestSupport
import StandardLibrary
import Testing

/// Imports go down only.
@Suite struct ArchitectureTests {
  @Test(arguments: ImportTable.targets.map(\.name))
  func aTargetImportsOnlyWhatLiesBelow(_ name: String) throws {
    let target = try #require(ImportTable.targets.first { $0.name == name })
    for file in Repository.files(below: target.folder, endingIn: ".swift") {
      let violations = ImportTable.violations(in: try Repository.text(file), of: target)
      #expect(violations.isEmpty, "\(file)")
    }
  }

  @Test func everyFolderOfSourcesBelongsToATarget() {
    let folders = Repository.folders(in: "Sources").flatMap { wing in
      Repository.folders(in: "Sources/\(wing)").map { "Sources/\(wing)/\($0)" }
    }
    let known = Set(ImportTable.targets.map(\.folder))
    #expect(folders.filter { !known.contains($0) }.isEmpty)
    #expect(known.filter { !Repository.exists($0) }.isEmpty)
  }

  @Test func theTableHasNoRings() {
    for target in ImportTable.targets {
      #expect(!ImportTable.reach(of: target).contains(target.name))
    }
  }

  /// 11 ms of start-up and 44 MB.
  @Test func foundationStaysOutOfLanguageMachineAndMessaging() throws {
    let files = ["Sources/Language", "Sources/Machine", "Sources/Messaging", "stdlib"]
      .flatMap { Repository.files(below: $0, endingIn: ".swift") }
    #expect(!files.isEmpty)
    for file in files {
      let imports = ImportTable.imports(in: try Repository.text(file))
      #expect(!imports.contains("Foundation"), "\(file)")
    }
  }

  @Test func anImportUpwardsIsFound() throws {
    let machine = try #require(ImportTable.targets.first { $0.name == "JanusVM" })
    let text = """
      public import JanusBytecode
      @testable import JanusSyntax
      import JanusSource
      import struct Foundation.Data
      // import JanusRuntime
      internal import JanusNatives
      """
    #expect(
      ImportTable.violations(in: text, of: machine)
        == ["JanusSyntax", "Foundation", "JanusNatives"]
    )
  }

  // MARK: Generated and numbered things

  /// As Scripts/embed-stdlib names modules.
  private func moduleName(_ path: String) -> String {
    let name = path.dropFirst("stdlib/".count).dropLast(".jan".count)
    if name == "prelude" || name.hasPrefix("core/") { return String(name) }
    return "std." + name.replacing("/", with: ".")
  }

  @Test func theEmbeddedLibraryIsThatOfTheFiles() throws {
    let files = Repository.files(below: "stdlib", endingIn: ".jan")
    #expect(Set(files.map(moduleName)) == Set(StandardLibrary.moduleNames))
    for file in files {
      let source = try #require(StandardLibrary.source(moduleName(file)), "\(file)")
      let embedded = source.withUTF8Buffer { Array($0) }
      let isCurrent = try Repository.bytes(file) == embedded
      #expect(isCurrent, "run Scripts/embed-stdlib: \(file) is newer")
    }
  }

  @Test func everyDiagnosticHasACodeOfItsOwn() {
    let codes = DiagnosticCode.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.count == 5 && code.first == "J" && code.dropFirst().allSatisfy(\.isNumber))
    }
  }
}
