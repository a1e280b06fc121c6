/// Finds what was probably meant by a name that does not exist.
public enum Spelling {
  /// The candidate that needs the fewest edits; nil where none is near.
  ///
  /// In a short name an edit or two make anything of anything, so it must fit better. A name that
  /// differs only in its letters' case or in underscores always fits.
  public static func nearest(to name: String, in candidates: [String]) -> String? {
    let limit = name.utf8.count < 3 ? 0 : name.utf8.count < 5 ? 1 : 2
    let bare = reduced(name)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      if reduced(candidate) == bare { return candidate }
      guard abs(candidate.utf8.count - name.utf8.count) <= limit else { continue }
      let distance = distance(Array(name.utf8), Array(candidate.utf8))
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func reduced(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" }
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for i in left.indices {
      var next = [i + 1]
      for j in right.indices {
        var least = min(row[j + 1], next[j]) + 1
        least = min(least, row[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          least = min(least, before[j - 1] + 1)
        }
        next.append(least)
      }
      before = row
      row = next
    }
    return row[right.count]
  }
}
