import Foundation

/// The checkout that the tests belong to.
package enum Repository {
  /// The folder of Package.swift, without a slash at its end.
  package static let root: String = {
    // Tests/Support/Repository.swift
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
  }()

  package static func path(_ relative: String) -> String { "\(root)/\(relative)" }

  package static func exists(_ relative: String) -> Bool {
    FileManager.default.fileExists(atPath: path(relative))
  }

  /// The files below a folder whose names end like that, as paths from the root, sorted.
  package static func files(below folder: String, endingIn suffix: String) -> [String] {
    guard exists(folder) else { return [] }
    return paths(below: folder).filter { $0.hasSuffix(suffix) }.map { "\(folder)/\($0)" }.sorted()
  }

  /// The names of the folders in a folder, sorted.
  package static func folders(in folder: String) -> [String] {
    guard exists(folder) else { return [] }
    return paths(below: folder).filter { path in
      isFolder("\(folder)/\(path)") && !path.contains("/")
    }.sorted()
  }

  package static func isFolder(_ relative: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: path(relative),
      isDirectory: &isFolder
    )
    return exists && isFolder.boolValue
  }

  private static func paths(below folder: String) -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: path(folder))
    } catch {
      preconditionFailure("cannot list \(folder): \(error)")
    }
  }

  package static func bytes(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }

  package static func text(_ relative: String) throws -> String {
    String(decoding: try bytes(relative), as: UTF8.self)
  }
}

extension String {
  /// The lines, without their ends; no last empty line after a final newline.
  package var lineList: [String] {
    var lines = utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { line in String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
