/// The cells that stand in several columns.
extension StateTables {
  typealias SessionCell = Session.Cell

  static var failure: SessionCell {
    .first(
      of: .when(.failuresReached, go: .stay, .raiseDesync), .otherwise(.stay, .countFailure)
    )
  }

  static var sending: SessionCell {
    .first(of: .when(.barrierOpen, go: .stay, .seal), .otherwise(.stay, .hold))
  }

  static var heldSending: SessionCell {
    .first(
      of: .when(.frozen(.keyChanged), go: .stay, .failKeyChanged),
      .otherwise(.stay, .hold, .wantIfNeeded)
    )
  }

  static var asking: SessionCell {
    .first(of: .when(.barrierOpen, go: .stay, .sealLive), .otherwise(.stay, .holdLive))
  }

  static var expiry: SessionCell {
    .go(.close(.expired), .wipeKeys, .endAgreement, .closeLink, .failQueue, .reportClosed)
  }

  static var keyChange: SessionCell {
    .go(.freeze(.keyChanged), .endAgreement, .shutBarrier, .closeLink, .reportFrozen)
  }

  static var pause: SessionCell { .go(.freeze(.owner), .endAgreement, .reportFrozen) }

  static var storeFailure: SessionCell { .go(.freeze(.store), .endAgreement, .reportFrozen) }

  static var bye: SessionCell {
    .go(.close(.peer), .wipeKeys, .endAgreement, .failQueue, .reportClosed)
  }

  static var distrust: SessionCell {
    .go(
      .close(.revoked), .wipeKeys, .endAgreement, .closeLink, .failQueue, .rotateGroups,
      .reportClosed)
  }

  /// The end of a hold: the last one gives the session back.
  static func thaw(_ reason: FreezeReason) -> SessionCell {
    .first(
      of: .when(.onlyFrozen(reason), .hasKeys, go: .active, .reportResumed, .flush),
      .when(.onlyFrozen(reason), go: .dormant, .wantIfNeeded),
      .when(.frozen(reason), go: .thaw(reason), .wantIfNeeded)
    )
  }
}
