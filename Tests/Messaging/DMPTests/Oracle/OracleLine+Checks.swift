import DMP
import JanusCrypto
import Testing

extension OracleLine {
  /// Does with our implementation what the line says, and compares.
  func check(arena: SecretArena) throws {
    switch try text("kind") {
    case "did": expect("text", .text(try did("rootKey").text))
    case "cardText":
      let card = try Signed<Card>(decoding: bytes("card")[...]).verified()
      expect("text", .text(card.text))
      #expect(try Verified<Card>(text: text("text")).bytes == card.bytes)
    case "safetyNumber":
      let number = SafetyNumber(try did("first"), try did("second"))
      expect("number", .text(number.description))
    case "groupID":
      let salt = try #require(GroupSalt(bytes("salt")))
      let group = GroupRecord.identifier(admin: try did("admin"), salt: salt)
      expect("group", .bytes(group.array))
    case "mac1": try checkMAC()
    case "chain": try checkChain()
    case "agreement": try checkAgreement(arena)
    case "ratchet":
      try checkAgreement(arena)
      try checkConversation(arena)
    case "group": try checkGroup()
    case let kind: try checkObject(try #require(OracleObject(rawValue: kind)), arena)
    }
  }

  private func expect(_ name: String, _ ours: JSON) {
    #expect(json[name] == ours, "\(name) of \(json)")
  }

  private func did(_ name: String) throws -> DID {
    DID(rootKey: try SigningPublicKey(bytes: bytes(name)))
  }

  private func checkObject(_ kind: OracleObject, _ arena: SecretArena) throws {
    let bytes = try bytes("bytes")
    let seed = has("seed") ? try self.bytes("seed") : nil
    guard let (shown, written) = try kind.opened(bytes, seed: seed, arena: arena) else {
      #expect(!has("value"), "\(kind) \(hex(bytes)) is right for the other side")
      return
    }
    #expect(shown == json["value"], "\(kind) \(hex(bytes))")
    #expect(written == bytes)
  }

  private func checkMAC() throws {
    let message = try bytes("message")
    var covered: [UInt8] = []
    FrameHeader(.link1, length: 1 + message.count + LinkMAC.byteCount).append(to: &covered)
    covered.append(UInt8(try number("pattern")))
    covered += message
    let mac = LinkMAC(responder: try LinkPublicKey(bytes: bytes("linkKey")))
    expect("mac", .bytes(mac.code(for: covered.span.bytes)))
    let code = try bytes("mac")
    let isValid = mac.isValid(code.span.bytes, for: covered.span.bytes)
    #expect(isValid)
  }

  private func checkChain() throws {
    var chain = try bytes("chainKey")
    for expected in try list("messageKeys") {
      #expect(.bytes(Self.advance(&chain)) == expected)
    }
  }

  /// The message key; the chain key moves on.
  private static func advance(_ chain: inout [UInt8]) -> [UInt8] {
    var messageKey = [UInt8](repeating: 0, count: 32)
    chain.withUnsafeMutableBytes { chain in
      messageKey.withUnsafeMutableBytes { key in
        guard let chain = chain.baseAddress, let key = key.baseAddress else { return }
        ChainKey.advance(chain, messageKey: key)
      }
    }
    return messageKey
  }

  private func checkAgreement(_ arena: SecretArena) throws {
    let agreement = OracleAgreement(self, arena: arena)
    let initiated = OracleAgreement.shown(try agreement.initiated())
    let responded = OracleAgreement.shown(try agreement.responded())
    for (name, value) in initiated { expect(name, value) }
    #expect(initiated == responded)
  }

  private func checkConversation(_ arena: SecretArena) throws {
    let steps = try list("steps").map(OracleLine.init)
    let conversation = try OracleConversation(
      OracleAgreement(self, arena: arena),
      firstKey: steps[0].bytes("secret"),
      seed: 0
    )
    var sent: [(FrameType, frame: [UInt8], content: [UInt8])] = []
    for step in steps {
      let side = try #require(OracleConversation.Side(rawValue: try step.text("side")))
      let what = try step.text("do")
      guard what == "send" else {
        let (type, frame, content) = sent[try step.number("frame")]
        let opened = try conversation.open(frame, at: side, type: type)
        #expect(opened == (what == "open" ? content : nil))
        continue
      }
      let type = try #require(FrameType(rawValue: UInt16(try step.number("type"))))
      let frame = try step.bytes("frame")
      let content = try step.bytes("content")
      let made = try conversation.send(
        content,
        from: side,
        type: type,
        block: step.number("block"),
        nonce: Array(frame[48..<72]),
        key: step.bytes("secret")
      )
      #expect(made == frame)
      sent.append((type, frame, content))
    }
  }

  /// With the layout and the primitives: signature, chain, tag.
  private func checkGroup() throws {
    let bytes = try bytes("frame")
    let frame = try #require(GroupFrame(bytes[...]))
    var associated = Array("dmp1 group".utf8)
    associated += [0x0a, 0x85, FrameHeader.version, FrameHeader.suite]
    associated += frame.header
    associated += try self.bytes("record")
    let seed = try self.bytes("signingSeed")
    let signingKey = try SigningSecretKey(seed: seed.span.bytes)
    let isSigned = signingKey.publicKey.isValid(frame.signature, for: associated + frame.sealed)
    #expect(isSigned)
    var chain = try self.bytes("chainKey")
    for _ in try number("iteration")..<Int(frame.iteration) { _ = Self.advance(&chain) }
    let key = Self.advance(&chain)
    let messageKey = try SecretBytes(copying: key.span.bytes)
    let sealed = Array(frame.sealed)
    let nonce = Array(frame.nonce)
    let plaintext = try XChaCha20Poly1305.open(
      sealed.span.bytes,
      associatedData: associated.span.bytes,
      key: messageKey,
      nonce: nonce.span.bytes
    )
    expect("plaintext", .bytes(plaintext))
    _ = try GroupContent(decoding: plaintext[...])
  }
}
