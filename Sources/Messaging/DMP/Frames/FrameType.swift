/// The kinds of frames (DMP §5.1).
package enum FrameType: UInt16, CaseIterable, Sendable {
  case knock = 0x0a80
  case accept = 0x0a81
  case reject = 0x0a82
  case initial = 0x0a83
  case ratchet = 0x0a84
  case group = 0x0a85
  case link1 = 0x0ab0
  case link2 = 0x0ab1
  case link3 = 0x0ab2
  case resume = 0x0ab3
  case close = 0x0ab5
  case ping = 0x0ab6
  case card = 0x0ab9

  /// Sent now and then to keep receivers skipping what they do not know.
  package static let grease: [UInt16] = [0x0a8f, 0x0abf]

  /// The most bytes of its body; more is a protocol error before the body has come.
  package var bodyLimit: Int {
    switch self {
    case .knock: Limits.knockByteCount
    case .accept: Limits.acceptByteCount
    case .card: Limits.cardByteCount
    case .reject, .close: Limits.smallFrameByteCount
    case .resume, .link1, .link2, .link3: Limits.handshakeFrameByteCount
    case .ping: PingFrame.byteCount
    case .initial, .ratchet, .group: Limits.frameByteCount
    }
  }
}
