/// What the command line allows a script (language.md §13), as it was written.
public struct ScriptGrants: Sendable {
  /// A kind of access: everywhere, or in these places, or not at all.
  public struct Scope: Sendable {
    public var isUnrestricted = false
    public var places: [String] = []

    public static let none = Scope()
    public static let all = Scope(isUnrestricted: true)
    public static func some(_ places: [String]) -> Scope { Scope(places: places) }

    /// Two grants of one kind allow what either allows.
    public mutating func add(_ other: Scope) {
      isUnrestricted = isUnrestricted || other.isUnrestricted
      places += other.places
    }
  }

  public var read = Scope.none
  public var write = Scope.none
  public var environment = Scope.none
  public var network = Scope.none
  public var run = Scope.none
  /// The script's folder, which it may always read.
  public var folder: String

  /// Nothing but reading below the script's folder, and loopback.
  public init(folder: String) { self.folder = folder }

  /// Everything, as `-A` allows it.
  public mutating func allowAll() {
    read = .all
    write = .all
    environment = .all
    network = .all
    run = .all
  }

  /// True when every kind is without bounds.
  var allowsAll: Bool {
    [read, write, environment, network, run].allSatisfy(\.isUnrestricted)
  }

  /// The kinds, as in `--allow-KIND`.
  public static let kinds = ["read", "write", "net", "env", "run"]

  /// A grant that makes no sense.
  public struct Invalid: Error {
    public var message: String
  }

  /// Adds what `--allow-KIND[=PLACE,…]` says. A comma in a place is written twice.
  ///
  /// - Throws: `Invalid` for an unknown kind, an empty place, a host or port that makes no sense.
  public mutating func allow(_ kind: String, _ list: String?) throws(Invalid) {
    var scope = Scope.all
    if let list {
      scope = .some(ScriptGrants.places(in: list))
      guard !scope.places.contains("") else {
        throw Invalid(message: "`--allow-\(kind)=\(list)` names an empty place")
      }
    }
    switch kind {
    case "read": read.add(scope)
    case "write": write.add(scope)
    case "env": environment.add(scope)
    case "run": run.add(scope)
    case "net":
      if let place = scope.places.first(where: { NetworkPlace($0) == nil }) {
        throw Invalid(
          message: "`\(place)` is no host: a name or address, and `:PORT` (1 to 65535) behind it"
        )
      }
      network.add(scope)
    default: throw Invalid(message: "there is no option `--allow-\(kind)`")
    }
  }

  private static func places(in list: String) -> [String] {
    var places = [""]
    var rest = Substring(list)
    while let character = rest.popFirst() {
      if character != "," {
        places[places.count - 1].append(character)
      } else if rest.first == "," {
        places[places.count - 1].append(",")
        rest.removeFirst()
      } else {
        places.append("")
      }
    }
    return places
  }

  /// The option that allows a place, as it is typed in a shell.
  public static func flag(_ kind: String, _ place: String) -> String {
    let list = place.replacing(",", with: ",,")
    let isPlain =
      !list.isEmpty
      && list.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", ":", ",", "+", "@", "%", "[", "]":
          true
        default: scalar.value >= 0xa1
        }
      }
    guard !isPlain else { return "--allow-\(kind)=\(list)" }
    return "--allow-\(kind)='\(list.replacing("'", with: "'\\''"))'"
  }
}
