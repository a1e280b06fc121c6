#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import JanusSource

/// The programs of the project.
enum Corpus {
  /// The folder of the package.
  static let root: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(4).joined(separator: "/")
  }()

  static let folders = ["Tests/Conformance", "Examples", "stdlib", "Benchmarks/programs"]

  /// The paths of all programs below the package's folder.
  static let paths: [String] = folders.flatMap { folder -> [String] in
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)) ?? []
    return names.filter { $0.hasSuffix(".jan") }.map { folder + "/" + $0 }.sorted()
  }

  static func file(_ path: String) throws -> SourceFile {
    let data = try Data(contentsOf: URL(fileURLWithPath: root + "/" + path))
    return SourceFile(name: path, bytes: Array(data))
  }

  static func grammarText() throws -> String {
    String(decoding: try file("Grammar/janus.ebnf").bytes, as: UTF8.self)
  }
}
