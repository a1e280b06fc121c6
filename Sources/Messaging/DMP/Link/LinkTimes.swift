/// When a link must do something by itself; all in milliseconds.
struct LinkTimes {
  private let startedAt: UInt64
  private var openedAt: UInt64?
  private var heardAt: UInt64
  private(set) var pingedAt: UInt64?

  init(startedAt: UInt64) {
    self.startedAt = startedAt
    heardAt = startedAt
  }

  mutating func opened(at now: UInt64) { openedAt = now }

  mutating func heard(at now: UInt64) {
    heardAt = now
    pingedAt = nil
  }

  mutating func pinged(at now: UInt64) { pingedAt = now }

  /// What is due, if anything.
  enum Due { case nothing, ping, end(LinkError) }

  func due(at now: UInt64) -> Due {
    guard let openedAt else {
      return now >= startedAt + Limits.linkDeadline ? .end(.handshakeTimedOut) : .nothing
    }
    if now >= openedAt + Limits.linkAge { return .end(.tooOld) }
    if now >= heardAt + Limits.linkSilence { return .end(.silent) }
    return pingedAt == nil && now >= heardAt + Limits.pingAfter ? .ping : .nothing
  }

  /// The first time at which something is due.
  var next: UInt64 {
    guard let openedAt else { return startedAt + Limits.linkDeadline }
    let silence = heardAt + (pingedAt == nil ? Limits.pingAfter : Limits.linkSilence)
    return min(openedAt + Limits.linkAge, silence)
  }
}

extension Link {
  /// The time at which `advance` must be called, or nil for an ended link.
  package var deadline: UInt64? { isClosed ? nil : times.next }

  /// Does what is due: a PING after silence, or the end.
  ///
  /// Throws `handshakeTimedOut`, `silent` or `tooOld`; the link has then ended.
  package mutating func advance(to now: UInt64) throws(LinkError) {
    guard !isClosed else { throw .closed }
    switch times.due(at: now) {
    case .nothing: break
    case .ping:
      times.pinged(at: now)
      send(.ping, PingFrame(number: now).bytes)
      try flush()
    case .end(let error):
      close()
      throw error
    }
  }
}
