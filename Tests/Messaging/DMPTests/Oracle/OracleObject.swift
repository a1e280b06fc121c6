import DMP
import JanusCrypto

/// The objects that lines carry, by their name there.
enum OracleObject: String, CaseIterable {
  case certificate, card, revocation, knock, accept, groupRecord, audit
  case content, body, groupContent, reject, close, resume, initial

  /// What the bytes say, and the bytes that a writer makes of it; nil if they are refused.
  func opened(_ bytes: [UInt8], seed: [UInt8]?, arena: SecretArena) throws -> (JSON, [UInt8])? {
    switch self {
    case .certificate: try signed(Certificate.self, bytes, seed, \.shown)
    case .card: try signed(Card.self, bytes, seed, \.shown)
    case .revocation: try signed(Revocation.self, bytes, seed, \.shown)
    case .knock: try signed(Knock.self, bytes, seed, \.shown)
    case .accept: try signed(Accept.self, bytes, seed, \.shown)
    case .groupRecord: try signed(GroupRecord.self, bytes, seed, \.shown)
    case .audit: try signed(AuditPoint.self, bytes, seed, \.shown)
    case .content: content(bytes, arena)
    case .body:
      plain(bytes) { bytes throws(CBORError) in
        let value = try Body(decoding: bytes).value
        return (value.shown, Array(try Body(value).bytes))
      }
    case .groupContent:
      plain(bytes) { bytes throws(CBORError) in
        let content = try GroupContent(decoding: bytes)
        var writer = CBORWriter()
        content.write(to: &writer)
        return (content.shown, writer.bytes)
      }
    case .reject: frame(RejectFrame.self, bytes, \.shown)
    case .close: frame(CloseFrame.self, bytes, \.shown)
    case .resume: frame(ResumeFrame.self, bytes, \.shown)
    case .initial: frame(InitialFrame.self, bytes, \.shown)
    }
  }

  /// With a seed the object is also signed again; an object that names its signer is verified.
  private func signed<Object: SignedObject>(
    _: Object.Type,
    _ bytes: [UInt8],
    _ seed: [UInt8]?,
    _ shown: (Object) -> JSON
  ) throws -> (JSON, [UInt8])? {
    let signed: Signed<Object>
    do throws(ObjectError) {
      signed = try Signed(decoding: bytes[...])
    } catch {
      return nil
    }
    guard let seed else { return (shown(signed.claim), bytes) }
    let key = try SigningSecretKey(seed: seed.span.bytes)
    _ = try signed.verified(by: key.publicKey)
    switch signed {
    case let signed as Signed<Certificate>: _ = try signed.verified()
    case let signed as Signed<Revocation>: _ = try signed.verified()
    case let signed as Signed<Card>: _ = try signed.verified()
    case let signed as Signed<GroupRecord>: _ = try VerifiedGroupRecord(signed)
    default: break
    }
    return (shown(signed.claim), try Verified(signing: signed.claim, with: key).bytes)
  }

  private func plain(
    _ bytes: [UInt8],
    _ open: (ArraySlice<UInt8>) throws(CBORError) -> (JSON, [UInt8])
  ) -> (JSON, [UInt8])? {
    do throws(CBORError) {
      return try open(bytes[...])
    } catch {
      return nil
    }
  }

  private func frame<Frame: FrameBody>(
    _: Frame.Type,
    _ bytes: [UInt8],
    _ shown: (Frame) -> JSON
  ) -> (JSON, [UInt8])? {
    plain(bytes) { bytes throws(CBORError) in
      let frame = try Frame(decoding: bytes)
      return (shown(frame), frame.encoded)
    }
  }

  private func content(_ bytes: [UInt8], _ arena: SecretArena) -> (JSON, [UInt8])? {
    plain(bytes) { bytes throws(CBORError) in
      let content = try Content(decoding: bytes, secretsIn: arena)
      if case .unknown = content { return (content.shown, Array(bytes)) }
      return (content.shown, content.encoded)
    }
  }
}
