/// An instant as text (RFC 3339), in UTC with milliseconds.
struct Timestamp {
  /// Since 1970-01-01 UTC.
  let nanoseconds: Int

  var text: String {
    let (seconds, rest) = floorDivided(nanoseconds, 1_000_000_000)
    let (days, second) = floorDivided(seconds, 86_400)
    let (year, month, day) = Timestamp.civil(days)
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    let time =
      "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(date)T\(time).\(padded(rest / 1_000_000, 3))Z"
  }

  private func floorDivided(_ number: Int, _ size: Int) -> (quotient: Int, rest: Int) {
    let rest = number % size
    return rest < 0 ? (number / size - 1, rest + size) : (number / size, rest)
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// The date so many days after 1970-01-01. Years are counted from March: the leap day is last.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * march + 2) / 5 + 1
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
