package import JanusCrypto

/// A hash that a Noise protocol can name.
package protocol NoiseHash: HashFunction {
  /// As it stands in protocol names.
  static var name: String { get }
}

extension SHA256: NoiseHash {
  package static var name: String { "SHA256" }
}

extension SHA512: NoiseHash {
  package static var name: String { "SHA512" }
}

extension BLAKE2b: NoiseHash {
  package static var name: String { "BLAKE2b" }
}

/// What a handshake has mixed so far (Noise revision 34, §5.2).
struct SymmetricState<Hash: NoiseHash>: ~Copyable {
  /// `ck`, in one slot or two, as the hash is 32 or 64 bytes.
  private var chainingKey: Secret32
  private var chainingKeyRest: Secret32
  private(set) var hash: [UInt8]
  private var cipher: CipherState
  /// Before the first `mixKey` everything stands in the clear.
  private var hasKey = false
  private let arena: SecretArena

  init(protocolName: String, arena: SecretArena) throws(CryptoError) {
    let name = Array(protocolName.utf8)
    let hash =
      name.count <= Hash.byteCount
      ? name + [UInt8](repeating: 0, count: Hash.byteCount - name.count) : Hash.hash(name)
    let first = try Secret32(in: arena) { _ throws(CryptoError) in }
    let rest = try Secret32(in: arena) { _ throws(CryptoError) in }
    let key = try Secret32(in: arena) { _ throws(CryptoError) in }
    self.init(hash: hash, chainingKey: first, rest: rest, key: key, arena: arena)
  }

  private init(
    hash: [UInt8],
    chainingKey: consuming Secret32,
    rest: consuming Secret32,
    key: consuming Secret32,
    arena: SecretArena
  ) {
    self.chainingKey = chainingKey
    chainingKeyRest = rest
    cipher = CipherState(key: key)
    self.hash = hash
    self.arena = arena
    hash.withUnsafeBytes { storeChainingKey($0) }
  }

  mutating func mixHash(_ bytes: RawSpan) {
    var stream = HashStream<Hash>()
    stream.absorb(hash)
    stream.absorb(bytes)
    hash = stream.digest()
  }

  /// `ck, k = HKDF(ck, input, 2)`.
  mutating func mixKey(_ input: UnsafeRawBufferPointer) throws(CryptoError) {
    try withOutputs(2, of: input) { state, outputs throws(CryptoError) in
      state.storeChainingKey(outputs)
      try state.setKey(UnsafeRawBufferPointer(rebasing: outputs[Hash.byteCount...]))
    }
  }

  /// `ck, temp_h, k = HKDF(ck, input, 3)`, for a psk.
  mutating func mixKeyAndHash(_ input: UnsafeRawBufferPointer) throws(CryptoError) {
    try withOutputs(3, of: input) { state, outputs throws(CryptoError) in
      state.storeChainingKey(outputs)
      state.mixHash(
        UnsafeRawBufferPointer(rebasing: outputs[Hash.byteCount..<2 * Hash.byteCount]).bytes
      )
      try state.setKey(UnsafeRawBufferPointer(rebasing: outputs[(2 * Hash.byteCount)...]))
    }
  }

  /// Appends what stands in the message for these bytes: themselves while there is no key yet.
  mutating func encryptAndHash(
    _ plaintext: RawSpan,
    to message: inout [UInt8]
  ) throws(NoiseError) {
    let start = message.count
    guard hasKey else {
      plaintext.withUnsafeBytes { message.append(contentsOf: $0) }
      mixHash(plaintext)
      return
    }
    let hash = self.hash
    let count = plaintext.byteCount + ChaCha20Poly1305.tagByteCount
    message.append(contentsOf: repeatElement(0, count: count))
    var span = message.mutableSpan
    try span.withUnsafeMutableBytes { message throws(NoiseError) in
      try plaintext.withUnsafeBytes { plaintext throws(NoiseError) in
        try hash.span.bytes.withUnsafeBytes { hash throws(NoiseError) in
          guard let output = message.baseAddress else { return }
          try cipher.seal(plaintext, associatedData: hash, into: output + start)
        }
      }
    }
    mixHash(message.span.extracting(start..<message.count).bytes)
  }

  /// The bytes that stand for this part of a message.
  mutating func decryptAndHash(_ part: RawSpan) throws(NoiseError) -> [UInt8] {
    guard hasKey else {
      mixHash(part)
      return part.withUnsafeBytes { Array($0) }
    }
    guard part.byteCount >= ChaCha20Poly1305.tagByteCount else { throw .wrongLength }
    let hash = self.hash
    let count = part.byteCount - ChaCha20Poly1305.tagByteCount
    var plaintext = [UInt8](repeating: 0, count: max(count, 1))
    var span = plaintext.mutableSpan
    try span.withUnsafeMutableBytes { plaintext throws(NoiseError) in
      try part.withUnsafeBytes { part throws(NoiseError) in
        try hash.span.bytes.withUnsafeBytes { hash throws(NoiseError) in
          guard let output = plaintext.baseAddress else { return }
          try cipher.open(part, associatedData: hash, into: output)
        }
      }
    }
    plaintext.removeLast(plaintext.count - count)
    mixHash(part)
    return plaintext
  }

  /// The keys of the initiator's and of the responder's direction.
  consuming func split(arena: SecretArena) throws(CryptoError) -> NoiseTransport.Keys {
    var first: Secret32?
    var second: Secret32?
    let hash = self.hash
    try withOutputs(2, of: UnsafeRawBufferPointer(start: nil, count: 0)) {
      _,
      outputs throws(CryptoError) in
      first = try Secret32(copying: outputs.bytes.extracting(first: 32), in: arena)
      second = try Secret32(
        copying: outputs.bytes.extracting(Hash.byteCount..<Hash.byteCount + 32),
        in: arena
      )
    }
    guard let first = first.take(), let second = second.take() else { throw .outOfMemory }
    return NoiseTransport.Keys(
      initiator: CipherState(key: first),
      responder: CipherState(key: second),
      hash: hash
    )
  }

  private mutating func storeChainingKey(_ bytes: UnsafeRawBufferPointer) {
    chainingKey.withUnsafeMutableBytes {
      $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<32]))
    }
    guard Hash.byteCount > 32 else { return }
    chainingKeyRest.withUnsafeMutableBytes {
      $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[32..<Hash.byteCount]))
    }
  }

  private mutating func setKey(_ bytes: UnsafeRawBufferPointer) throws(CryptoError) {
    cipher = CipherState(
      key: try Secret32(copying: bytes.bytes.extracting(first: 32), in: arena)
    )
    hasKey = true
  }

  /// Gives `count` outputs of Noise's HKDF to the closure and wipes them.
  ///
  /// It is RFC 5869's with the chaining key as the salt and no purpose.
  private mutating func withOutputs(
    _ count: Int,
    of input: UnsafeRawBufferPointer,
    _ body: (inout Self, UnsafeRawBufferPointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    let byteCount = (count + 1) * Hash.byteCount
    try withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 16) {
      (memory) throws(CryptoError) in
      defer { memory.resetSecretBytes() }
      let salt = UnsafeMutableRawBufferPointer(rebasing: memory[..<Hash.byteCount])
      let outputs = UnsafeMutableRawBufferPointer(rebasing: memory[Hash.byteCount...])
      chainingKey.withUnsafeBytes { salt.copyMemory(from: $0) }
      if Hash.byteCount > 32 {
        chainingKeyRest.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: salt[32...]).copyMemory(from: $0)
        }
      }
      try HKDF<Hash>.derive(
        salt: UnsafeRawBufferPointer(salt),
        secret: input,
        purpose: RawSpan(),
        output: outputs
      )
      try body(&self, UnsafeRawBufferPointer(outputs))
    }
  }
}
