/// Why bytes are not the object that they should be.
package enum ObjectError: Error, Equatable, Sendable {
  case encoding(CBORError)
  /// More bytes than an object of this kind may have.
  case tooLarge(limit: Int)
  /// The signature is not by the key that must have made it.
  case notAuthentic
  /// Parts contradict each other: an admin that is no member, a group id of another admin.
  case inconsistent
}
