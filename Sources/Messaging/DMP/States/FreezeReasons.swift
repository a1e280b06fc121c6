/// Why a session is frozen; it thaws when none is left.
package struct FreezeReasons: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package init(_ reason: FreezeReason) { self.init(rawValue: 1 << reason.rawValue) }

  /// New keys end these.
  package static let curable: FreezeReasons = [
    Self(.idle), Self(.desync), Self(.tainted), Self(.peerRestored),
  ]

  /// These ask for new keys at once.
  package static let wanting: FreezeReasons = [Self(.desync), Self(.tainted)]

  package func contains(_ reason: FreezeReason) -> Bool { contains(Self(reason)) }

  /// The one a script sees: a changed key wins over all, the owner's wish over what it hides.
  package var shown: FreezeReason {
    for reason in FreezeReason.allCases where contains(reason) { return reason }
    preconditionFailure("a frozen session has a reason")
  }
}
