import JanusCrypto

/// The bytes of RATCHET: `sid 8 · dh 32 · pn u32 · n u32 · nonce 24 · ciphertext · tag 16`.
enum RatchetLayout {
  static let headerByteCount = RatchetFrame.headerByteCount
  static let keyOffset = 8
  static let previousCountOffset = 40
  static let indexOffset = 44
  static let nonceOffset = RatchetFrame.associatedByteCount
  static let tagByteCount = RatchetFrame.tagByteCount
  /// `pn` and `n` are less.
  static let countLimit = RatchetFrame.countLimit
  /// The associated data: AD, type, version, suite, and the frame up to its nonce.
  static let associatedByteCount = 32 + 4 + nonceOffset
  /// What ends a content, before zeros that fill up.
  static let endMark: UInt8 = 0x80

  static func load32(_ frame: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
    UInt32(bigEndian: frame.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// Writes `AD ‖ type ‖ version ‖ suite ‖ sid ‖ dh ‖ pn ‖ n`, `associatedByteCount` bytes.
  static func writeAssociatedData(
    _ agreed: Bytes32,
    frameType: FrameType,
    frame: UnsafeRawPointer,
    to output: UnsafeMutableRawPointer
  ) {
    agreed.withUnsafeBytes { agreed in
      guard let start = agreed.baseAddress else { return }
      output.copyMemory(from: start, byteCount: Bytes32.byteCount)
    }
    output.storeBytes(of: frameType.rawValue.bigEndian, toByteOffset: 32, as: UInt16.self)
    output.storeBytes(of: FrameHeader.version, toByteOffset: 34, as: UInt8.self)
    output.storeBytes(of: FrameHeader.suite, toByteOffset: 35, as: UInt8.self)
    (output + 36).copyMemory(from: frame, byteCount: nonceOffset)
  }
}

/// A frame of RATCHET, taken apart and not yet believed.
struct RatchetHeader {
  let session: UInt64
  let key: Bytes32
  let previousCount: UInt32
  let index: UInt32

  init(_ frame: UnsafeRawBufferPointer) throws(RatchetError) {
    // A content has at least its end mark.
    let least = RatchetLayout.headerByteCount + 1 + RatchetLayout.tagByteCount
    guard frame.count >= least else { throw .malformed }
    session = UInt64(bigEndian: frame.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    key = Bytes32 { key in
      let part = frame[RatchetLayout.keyOffset..<RatchetLayout.previousCountOffset]
      key.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
    }
    previousCount = RatchetLayout.load32(frame, RatchetLayout.previousCountOffset)
    index = RatchetLayout.load32(frame, RatchetLayout.indexOffset)
    guard previousCount < RatchetLayout.countLimit, index < RatchetLayout.countLimit else {
      throw .malformed
    }
  }
}
