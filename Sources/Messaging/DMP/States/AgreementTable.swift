extension StateTables {
  package typealias Agreement = StateTable<
    AgreementEvent, AgreementState, AgreementCondition, AgreementAction, AgreementState?
  >

  /// One per peer. A missing target: the state stays.
  static let agreement = Agreement([
    // idle, knocking, answering, offering
    .want: [
      .first(
        of: .when(.linked, go: .knocking, .sendKnock, .armDeadline),
        .otherwise(.knocking, .dial, .armDeadline)
      ),
      .go(nil), .go(nil), .go(nil),
    ],
    .linkUp: [
      .go(nil, .sendResume, .wantIfNeeded),
      .go(nil, .sendResume, .sendKnock),
      .never, .never,
    ],
    .linkDown: [
      .drop,
      .go(nil, .redial),
      .go(.idle, .disarmDeadline, .wipeAnswer, .wantIfNeeded),
      .go(.idle, .disarmDeadline, .wipeOffer, .wantIfNeeded),
    ],
    .knockGood: [
      .go(.answering, .sendAccept, .armDeadline),
      .first(
        of: .when(.lower, go: nil, .rejectGlare),
        .otherwise(.answering, .dropKnock, .sendAccept, .armDeadline)
      ),
      .go(nil, .wipeAnswer, .sendAccept, .armDeadline),
      .first(
        of: .when(.lower, go: nil, .rejectGlare),
        .otherwise(.answering, .wipeOffer, .sendAccept, .armDeadline)
      ),
    ],
    .knockRefused: [refusal, refusal, refusal, refusal],
    .acceptGood: [.drop, .go(.offering, .sendInitial, .armDeadline), .drop, .drop],
    .acceptBad: [.drop, .go(.idle, .disarmDeadline, .dropKnock, .failBadAccept), .drop, .drop],
    // A lost glare is no answer: their knock follows, or the deadline.
    .rejectGlare: [.drop, .go(nil), .drop, .drop],
    .rejectOther: [.drop, .go(.idle, .disarmDeadline, .dropKnock, .failRejected), .drop, .drop],
    .initialOpens: [
      .drop, .drop, .go(.idle, .disarmDeadline, .agree, .answerInitial), .drop,
    ],
    .initialFails: [.drop, .drop, .go(.idle, .disarmDeadline, .wipeAnswer, .closeLink), .drop],
    .offerConfirmed: [.drop, .drop, .drop, .go(.idle, .disarmDeadline, .agree)],
    .deadline: [
      .drop,
      .go(.idle, .dropKnock, .failTimeout),
      .go(.idle, .wipeAnswer, .closeLink),
      .go(.idle, .wipeOffer, .closeLink, .wantIfNeeded),
    ],
    .ended: [
      .drop,
      .go(.idle, .disarmDeadline, .dropKnock, .failEnded),
      .go(.idle, .disarmDeadline, .wipeAnswer),
      .go(.idle, .disarmDeadline, .wipeOffer),
    ],
  ])

  /// Strangers get silence.
  private static var refusal: Agreement.Cell {
    .first(of: .when(.trusted, go: nil, .rejectKnock), .otherwise(nil, .closeLink))
  }
}
