/// What the cells of the agreement table ask.
package enum AgreementCondition: String, CaseIterable, Sendable {
  case linked
  /// Our did is the lower one of the two: it wins when two knocks cross.
  case lower
  case trusted
}
