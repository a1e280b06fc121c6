import DMP
import JanusCrypto
import Testing

/// Every decoder survives every input, and what it accepts is written back the same.
///
/// `Scripts/fuzz-encoding` runs it with more inputs.
@Suite struct ObjectFuzzTests {
  private let arena = SecretArena()

  /// Encodings of every kind, to be changed a little.
  private func corpus(_ random: inout SplitMix) throws -> [[UInt8]] {
    let agents = try (0..<2).map { _ in try TestAgent(from: &random) }
    let key = try agents[0].signingKey()
    var corpus = try Content.Kind.allCases.map {
      try random.content($0, agents: agents, arena: arena).encoded
    }
    corpus += [agents[0].certificate.bytes, agents[0].card.bytes]
    corpus.append(try Verified(signing: random.knock(to: agents[1]), with: key).bytes)
    corpus.append(try Verified(signing: random.accept(), with: key).bytes)
    corpus.append(
      try Verified(signing: random.groupRecord(of: agents, epoch: 0), with: key).bytes
    )
    corpus.append(random.resume().encoded)
    corpus.append(try random.initial().encoded)
    corpus.append(
      RejectFrame(knock: try random.octets32(), reason: .busy, retryMilliseconds: 5).encoded
    )
    corpus.append(CloseFrame(.busy).encoded)
    return corpus
  }

  @Test func changedEncodings() throws {
    var random = SplitMix(state: 160)
    var corpus: [[UInt8]] = []
    for index in 0..<Fuzzing.inputs {
      if index % 2_000 == 0 { corpus = try self.corpus(&random) }
      check(random.mutated(corpus[index % corpus.count]))
    }
  }

  @Test func randomBytes() {
    var random = SplitMix(state: 161)
    for _ in 0..<Fuzzing.inputs {
      check(random.bytes(Int(random.next() % 200)))
    }
  }

  /// Gives the bytes to all decoders.
  private func check(_ bytes: [UInt8]) {
    accepted(bytes) { bytes throws(CBORError) in
      let content = try Content(decoding: bytes, secretsIn: arena)
      if case .unknown = content { return Array(bytes) }
      return content.encoded
    }
    accepted(bytes) { bytes throws(CBORError) in
      var writer = CBORWriter()
      try GroupContent(decoding: bytes).write(to: &writer)
      return writer.bytes
    }
    accepted(bytes) { bytes throws(CBORError) in try ResumeFrame(decoding: bytes).encoded }
    accepted(bytes) { bytes throws(CBORError) in try InitialFrame(decoding: bytes).encoded }
    accepted(bytes) { bytes throws(CBORError) in try RejectFrame(decoding: bytes).encoded }
    accepted(bytes) { bytes throws(CBORError) in try CloseFrame(decoding: bytes).encoded }
    signed(Certificate.self, bytes)
    signed(Card.self, bytes)
    signed(Revocation.self, bytes)
    signed(Knock.self, bytes)
    signed(Accept.self, bytes)
    signed(GroupRecord.self, bytes)
    signed(AuditPoint.self, bytes)
    if let frame = GroupFrame(bytes[...]), frame.header.count != 80 {
      Issue.record("a header of \(frame.header.count) bytes")
    }
    if let header = FrameHeader(bytes[...]) {
      var written: [UInt8] = []
      header.append(to: &written)
      if written[...] != bytes.prefix(8) { Issue.record("header \(hex(bytes))") }
    }
  }

  private func accepted(
    _ bytes: [UInt8],
    _ again: (ArraySlice<UInt8>) throws(CBORError) -> [UInt8]
  ) {
    do throws(CBORError) {
      let written = try again(bytes[...])
      if written != bytes { Issue.record("written differently: \(hex(bytes))") }
    } catch {
      if !(0...bytes.count).contains(error.offset) {
        Issue.record("offset \(error.offset) outside of \(hex(bytes))")
      }
    }
  }

  private func signed<Object: SignedObject>(_: Object.Type, _ bytes: [UInt8]) {
    do throws(ObjectError) {
      let signed = try Signed<Object>(decoding: bytes[...])
      var payload = CBORWriter()
      signed.claim.write(to: &payload)
      let isKept = bytes.indices.contains {
        bytes[$0...].starts(with: payload.bytes)
      }
      if signed.bytes != bytes || !isKept { Issue.record("written differently: \(hex(bytes))") }
    } catch {
      guard case .encoding(let inner) = error else { return }
      if !(0...bytes.count).contains(inner.offset) {
        Issue.record("offset \(inner.offset) outside of \(hex(bytes))")
      }
    }
  }
}
