import Glibc

enum Fuzzing {
  /// Inputs for each fuzz test; `JANUS_FUZZ_INPUTS` asks for more.
  static let inputs: Int = {
    guard let text = getenv("JANUS_FUZZ_INPUTS"), let count = Int(String(cString: text)) else {
      return 20_000
    }
    return count
  }()
}
