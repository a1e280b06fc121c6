/// The answer to an ask (kind 3).
package struct ReplyContent: Equatable, Sendable {
  package enum Failure: UInt8, CaseIterable, Sendable {
    /// The handler failed.
    case handler = 1
    /// Nobody serves the intent.
    case notServed
    /// The asker is not trusted with the intent.
    case notTrusted
    /// The body does not fit the schema; the path says where.
    case schema
    /// The deadline was over before the handler ran.
    case expired
    case cancelled
    /// Too many asks at once.
    case busy
    /// The answer is larger than a body may be.
    case tooLarge
  }

  package enum Outcome: Equatable, Sendable {
    case answer(Body)
    case failure(Failure, path: String?)
  }

  package var id: UInt64
  package var outcome: Outcome

  package init(id: UInt64, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }

  init(
    reading reader: inout CBORReader,
    in fields: inout CBORReader.Fields
  ) throws(CBORError) {
    try reader.require(1, in: &fields)
    id = try reader.unsigned()
    if try reader.has(2, in: &fields) {
      outcome = .answer(try reader.body())
      return
    }
    try reader.require(3, in: &fields)
    let failure = try reader.choice(Failure.self)
    outcome = .failure(
      failure,
      path: try reader.has(4, in: &fields) ? try reader.text(atMost: Limits.pathByteCount) : nil
    )
  }

  package func write(to writer: inout CBORWriter) {
    var fields = writer.openContent(.reply)
    writer.key(1, in: &fields)
    writer.unsigned(id)
    switch outcome {
    case .answer(let body):
      writer.key(2, in: &fields)
      writer.encoded(body.bytes)
    case .failure(let failure, let path):
      writer.key(3, in: &fields)
      writer.unsigned(failure.rawValue)
      if let path {
        writer.key(4, in: &fields)
        writer.text(path)
      }
    }
  }
}
