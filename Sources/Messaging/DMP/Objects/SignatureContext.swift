/// What a signature is for: the external_aad of its Sig_structure (RFC 9052 §4.4).
package enum SignatureContext: String, CaseIterable, Sendable {
  case certificate = "dmp1 certificate"
  case card = "dmp1 card"
  case revocation = "dmp1 revocation"
  case knock = "dmp1 knock"
  case accept = "dmp1 accept"
  case groupRecord = "dmp1 group record"
  case audit = "dmp1 audit"
}
