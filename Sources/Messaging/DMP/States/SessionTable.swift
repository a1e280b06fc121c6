extension StateTables {
  /// One per peer, persisted.
  static let session = Session([
    // dormant, active, stale, frozen, closed
    .agreed: [
      .go(.active, .adoptKeys, .reencrypt),
      .go(.active, .adoptKeys, .reencrypt),
      .go(.active, .adoptKeys, .reportResumed, .reencrypt),
      .first(of: .when(.curable, go: .active, .adoptKeys, .reportResumed, .reencrypt)),
      .first(
        of: .when(.closed(.revoked), go: .stay), .otherwise(.active, .adoptKeys, .reencrypt)
      ),
    ],
    .frameOpens: [
      .drop,
      .go(.stay, .deliver),
      .go(.active, .reportResumed, .deliver),
      .first(
        of: .when(.frozen(.store), go: .stay), .when(.frozen(.keyChanged), go: .stay),
        .otherwise(.stay, .deliver)
      ),
      .drop,
    ],
    .frameOld: [
      .drop, .go(.stay, .oweReceipt), .go(.stay, .oweReceipt), .go(.stay, .oweReceipt), .drop,
    ],
    .frameFails: [.drop, failure, failure, failure, .drop],
    .resumeEqual: [
      .drop,
      .go(.stay, .openBarrier, .flush),
      .go(.stay, .openBarrier, .flush),
      .first(
        of: .when(.onlyFrozen(.idle), go: .stay, .openBarrier, .want),
        .otherwise(.stay, .openBarrier)
      ),
      .drop,
    ],
    .desync: [
      // Our own RESUME names no session: the peer learns it from that.
      .drop,
      .go(.freeze(.desync), .shutBarrier, .reportFrozen, .want),
      .go(.freeze(.desync), .shutBarrier, .reportFrozen, .want),
      .go(.freeze(.desync), .shutBarrier, .wantIfNeeded),
      .drop,
    ],
    .send: [.go(.stay, .hold, .want), sending, sending, heldSending, .go(.stay, .failClosed)],
    .ask: [
      .go(.stay, .holdLive, .want),
      asking, asking,
      .first(
        of: .when(.frozen(.keyChanged), go: .stay, .failKeyChanged),
        .when(.curable, go: .stay, .holdLive, .want), .otherwise(.stay, .failFrozen)
      ),
      .go(.stay, .failClosed),
    ],
    .silentDay: [.drop, .go(.stale, .reportStale), .drop, .drop, .drop],
    .silentWeek: [
      .drop, .never, .go(.freeze(.idle), .shutBarrier, .reportFrozen), .drop, .drop,
    ],
    .silentMonth: [.drop, .never, expiry, expiry, .drop],
    .rekeyDue: [
      .drop,
      .first(of: .when(.linked, go: .stay, .want)),
      .first(of: .when(.linked, go: .stay, .want)),
      .drop, .drop,
    ],
    .storeRestored: [
      .go(.stay, .newIncarnation),
      .go(.freeze(.tainted), .newIncarnation, .shutBarrier, .reportFrozen, .want),
      .go(.freeze(.tainted), .newIncarnation, .shutBarrier, .reportFrozen, .want),
      .go(.freeze(.tainted), .newIncarnation, .shutBarrier, .wantIfNeeded),
      .drop,
    ],
    .peerRestored: [
      .go(.stay, .noteBoot),
      .go(.freeze(.peerRestored), .noteBoot, .shutBarrier, .reportRestored, .reportFrozen),
      .go(.freeze(.peerRestored), .noteBoot, .shutBarrier, .reportRestored, .reportFrozen),
      .go(.freeze(.peerRestored), .noteBoot, .shutBarrier),
      .go(.stay, .noteBoot),
    ],
    .keyChange: [keyChange, keyChange, keyChange, keyChange, .drop],
    .keyAccepted: [
      .drop, .drop, .drop,
      .first(
        of: .when(
          .frozen(.keyChanged), .curableBesides(.keyChanged), go: .dormant, .wipeKeys, .pinKey,
          .wantIfNeeded),
        .when(.frozen(.keyChanged), go: .thawWiped(.keyChanged), .wipeKeys, .pinKey)
      ),
      .drop,
    ],
    .pause: [pause, pause, pause, pause, .drop],
    .release: [.drop, .drop, .drop, thaw(.owner), .drop],
    .storeFailed: [storeFailure, storeFailure, storeFailure, storeFailure, .drop],
    .storeHealed: [.drop, .drop, .drop, thaw(.store), .drop],
    .close: [
      .go(.close(.local), .endAgreement, .failQueue, .reportClosed),
      .go(.close(.local), .sendBye, .wipeKeys, .endAgreement, .failQueue, .reportClosed),
      .go(.close(.local), .sendBye, .wipeKeys, .endAgreement, .failQueue, .reportClosed),
      .go(.close(.local), .wipeKeys, .endAgreement, .closeLink, .failQueue, .reportClosed),
      .drop,
    ],
    .byeOpens: [.drop, bye, bye, bye, .drop],
    .distrusted: [
      .go(.close(.revoked), .endAgreement, .closeLink, .failQueue, .reportClosed),
      distrust, distrust, distrust,
      .go(.close(.revoked), .endAgreement, .closeLink),
    ],
    .trusted: [
      .drop, .drop, .drop, .drop, .first(of: .when(.closed(.revoked), go: .dormant)),
    ],
    .connect: [
      .go(.stay, .want),
      .go(.stay, .returnSession),
      .go(.stay, .returnSession, .beat),
      .first(
        of: .when(.frozen(.keyChanged), go: .stay, .failKeyChanged),
        .when(.curable, go: .stay, .want), .otherwise(.stay, .failFrozen)
      ),
      .first(
        of: .when(.closed(.revoked), go: .stay, .failClosed), .otherwise(.dormant, .want)
      ),
    ],
    .restart: [
      .go(.stay, .wantIfNeeded),
      .go(.stay, .shutBarrier, .flush),
      .go(.stay, .shutBarrier, .flush),
      .go(.stay, .shutBarrier, .wantIfNeeded),
      .drop,
    ],
  ])
}
