package import JanusCrypto

/// Something that is signed with COSE_Sign1 (RFC 9052 §4.2, untagged).
package protocol SignedObject: Equatable, Sendable {
  static var context: SignatureContext { get }
  /// The most bytes of the whole COSE_Sign1.
  static var byteLimit: Int { get }

  /// Reads the payload.
  init(payload reader: inout CBORReader) throws(CBORError)
  /// Writes the payload, which reads back as the same object.
  func write(to writer: inout CBORWriter)
}

/// An object as somebody sent it: well-formed, and nothing more is known.
package struct Signed<Object: SignedObject>: Sendable {
  /// What the sender says; believe it when it is `Verified`.
  package let claim: Object
  /// The whole COSE_Sign1.
  package let bytes: [UInt8]
  private let payload: ArraySlice<UInt8>
  private let signature: Signature

  /// Reads a COSE_Sign1 without checking its signature.
  ///
  /// - Throws: `tooLarge` and `encoding`, with offsets from the start of `bytes`.
  package init(decoding bytes: ArraySlice<UInt8>) throws(ObjectError) {
    guard bytes.count <= Object.byteLimit else { throw .tooLarge(limit: Object.byteLimit) }
    do throws(CBORError) {
      var reader = CBORReader(bytes)
      let parts = try reader.array()
      let protected = parts == 4 ? try reader.bytes() : []
      guard protected == COSE.protected[...], try reader.map() == 0 else {
        throw CBORError(.notSigned, at: 0)
      }
      payload = try reader.bytes()
      let payloadOffset = reader.offset - payload.count
      signature = Signature(exactly: try reader.bytes(exactly: Signature.byteCount))
      try reader.end()
      claim = try Self.claim(payload, at: payloadOffset)
    } catch {
      throw .encoding(error)
    }
    self.bytes = Array(bytes)
  }

  private static func claim(
    _ payload: ArraySlice<UInt8>,
    at offset: Int
  ) throws(CBORError) -> Object {
    var reader = CBORReader(payload)
    do throws(CBORError) {
      let object = try Object(payload: &reader)
      try reader.end()
      return object
    } catch {
      throw CBORError(error.reason, at: error.offset + offset)
    }
  }

  /// The object, if that key has signed it.
  ///
  /// - Throws: `notAuthentic`.
  package func verified(by key: SigningPublicKey) throws(ObjectError) -> Verified<Object> {
    guard key.isValid(signature, for: COSE.toBeSigned(payload, context: Object.context)) else {
      throw .notAuthentic
    }
    return Verified(value: claim, bytes: bytes, signer: key)
  }
}

/// An object whose signature was checked, or made, here.
package struct Verified<Object: SignedObject>: Sendable {
  package let value: Object
  /// The whole COSE_Sign1.
  package let bytes: [UInt8]
  package let signer: SigningPublicKey

  fileprivate init(value: Object, bytes: [UInt8], signer: SigningPublicKey) {
    self.value = value
    self.bytes = bytes
    self.signer = signer
  }

  /// Signs.
  ///
  /// - Throws: `tooLarge`, `encoding` when the object breaks a limit that its readers keep.
  package init(
    signing value: Object,
    with key: borrowing SigningSecretKey
  ) throws(ObjectError) {
    var payload = CBORWriter()
    value.write(to: &payload)
    let signature = key.sign(COSE.toBeSigned(payload.bytes[...], context: Object.context))
    var writer = CBORWriter(reserving: payload.bytes.count + 80)
    writer.array(4)
    writer.bytes(COSE.protected)
    writer.map(0)
    writer.bytes(payload.bytes)
    writer.bytes(signature.array)
    // A reader's limits are the writer's too: what nobody would take is not made.
    let signed = try Signed<Object>(decoding: writer.bytes[...])
    self.init(value: signed.claim, bytes: signed.bytes, signer: key.publicKey)
  }

  /// H(object): over the whole COSE_Sign1.
  package var digest: Digest { SHA256.digest32(bytes) }
}

/// The fixed parts of COSE_Sign1 (RFC 9052 §4).
private enum COSE {
  /// {1: -8}: the algorithm is EdDSA.
  static let protected: [UInt8] = [0xa1, 0x01, 0x27]

  /// Sig_structure (RFC 9052 §4.4).
  static func toBeSigned(_ payload: ArraySlice<UInt8>, context: SignatureContext) -> [UInt8] {
    var writer = CBORWriter(reserving: payload.count + 64)
    writer.array(4)
    writer.text("Signature1")
    writer.bytes(protected)
    writer.bytes(context.rawValue.utf8)
    writer.bytes(payload)
    return writer.bytes
  }
}

extension Signature {
  /// Bytes that were counted before.
  init(exactly bytes: ArraySlice<UInt8>) {
    do {
      try self.init(bytes: Array(bytes))
    } catch {
      preconditionFailure("64 bytes are a signature")
    }
  }
}

extension Signed: Equatable {
  /// Bytewise, as encodings are deterministic.
  package static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }
}

extension Verified {
  /// What others get to see, and check for themselves.
  package var signed: Signed<Object> {
    do throws(ObjectError) {
      return try Signed(decoding: bytes[...])
    } catch {
      preconditionFailure("verified bytes decode: \(error)")
    }
  }
}
