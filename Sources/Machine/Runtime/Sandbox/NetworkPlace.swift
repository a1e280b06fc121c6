import Glibc

/// A host, or a port of a host, as `--allow-net` names them: `example.org`, `example.org:443`,
/// `192.0.2.1:80`, `[2001:db8::1]:80`, `2001:db8::1`, `:8080` for any host.
struct NetworkPlace: Sendable, Equatable {
  /// Nil for any.
  var host: Host?
  /// Nil for any.
  var port: Int?

  /// A name, or an address in its one spelling.
  enum Host: Sendable, Equatable {
    /// In lower case, without a dot at its end.
    case name(String)
    /// 4 or 16 bytes.
    case address([UInt8])
  }

  /// Nil for what is neither host nor port.
  init?(_ text: String) {
    let (hostText, portText) = NetworkPlace.parts(of: text)
    if let portText {
      guard let number = Int(portText), (1...65535).contains(number),
        portText.allSatisfy(\.isASCII), portText.first?.isNumber == true
      else { return nil }
      port = number
    }
    if hostText.isEmpty, port != nil { return }
    guard let host = Host(hostText) else { return nil }
    self.host = host
  }

  private static func parts(of text: String) -> (host: String, port: String?) {
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      let host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      // What follows the bracket without a colon is no port.
      return rest.isEmpty
        ? (host, nil) : (host, String(rest.hasPrefix(":") ? rest.dropFirst() : "-"))
    }
    let colons = text.filter { $0 == ":" }.count
    guard colons == 1, let colon = text.firstIndex(of: ":") else { return (text, nil) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  func covers(_ other: Host, _ port: Int) -> Bool {
    (host == nil || host == other) && (self.port == nil || self.port == port)
  }

  /// As it is written: an address with colons stands in brackets before a port.
  static func text(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

extension NetworkPlace.Host {
  /// Nil for what is neither a name nor an address. Numbers that only some systems take for
  /// addresses, such as `127.1` or `0x7f000001`, are neither.
  init?(_ text: String) {
    if let bytes = NetworkPlace.Host.address(text) {
      self = .address(bytes)
      return
    }
    var name = text.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName = labels.allSatisfy { label in
      !label.isEmpty && label.utf8.count <= 63
        && label.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
    guard isName, name.utf8.count <= 253, let last = labels.last, last.first?.isNumber == false
    else { return nil }
    self = .name(name)
  }

  /// The bytes of an address; an IPv4 address inside IPv6 is the former.
  private static func address(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 16)
    guard !text.utf8.contains(0) else { return nil }
    if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
    guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
    let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
    return bytes.starts(with: mapped) ? Array(bytes[12...]) : bytes
  }

  /// True for what never leaves this machine.
  var isLoopback: Bool {
    switch self {
    case .name(let name): name == "localhost"
    case .address(let bytes):
      bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
  }
}

/// Where sockets may lead: loopback always.
struct NetworkScope {
  private var isUnrestricted: Bool
  private var places: [NetworkPlace] = []

  init(_ scope: ScriptGrants.Scope) {
    isUnrestricted = scope.isUnrestricted
    for place in scope.places { add(place) }
  }

  /// A place that makes no sense grants nothing.
  mutating func add(_ place: String) {
    if let place = NetworkPlace(place) { places.append(place) }
  }

  func allows(_ host: String, _ port: Int) -> Bool {
    if isUnrestricted { return true }
    guard let host = NetworkPlace.Host(host) else { return false }
    return host.isLoopback || places.contains { $0.covers(host, port) }
  }
}
