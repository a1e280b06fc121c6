/// Every limit of DMP/1 (docs/dmp/protocol.md, "Limits").
///
/// Bytes unless the name says otherwise.
package enum Limits {
  // MARK: Encoding

  /// Arrays and maps inside each other in a body.
  package static let cborDepth = 16
  /// Items of a body, keys included.
  package static let cborItems = 65_536
  /// An encoded body.
  package static let bodyByteCount = 65_536

  // MARK: Frames

  /// A record of a link, its tag included.
  package static let recordByteCount = 65_535
  /// The body of a frame.
  package static let frameByteCount = 69_632
}
