/// The two state machines of DMP/1 for one peer. The engine runs these values; docs/dmp/states.md
/// and the model that Scripts/model-check verifies are generated from them.
package enum StateTables {
  package typealias Session = StateTable<
    SessionEvent, SessionState.Column, SessionCondition, SessionAction, SessionTarget
  >

  /// The one value.
  package static let standard: (agreement: Agreement, session: Session) = (agreement, session)
}
