/// The handshake patterns of a link (Noise revision 34, §7.5 and §9).
package enum NoisePattern: UInt8, CaseIterable, Sendable {
  /// Both sides prove a static key; neither knows the other's before.
  case xx = 0
  /// The same with a key, known to both from an agreement, mixed in at the end of message 3.
  case xxpsk3 = 1

  /// Before the names of the functions in a protocol name.
  var name: String {
    switch self {
    case .xx: "Noise_XX"
    case .xxpsk3: "Noise_XXpsk3"
    }
  }

  /// Bytes of message 1 with an empty payload: an ephemeral key, and a tag where there is a psk.
  package var message1ByteCount: Int {
    switch self {
    case .xx: 32
    case .xxpsk3: 48
    }
  }
}
