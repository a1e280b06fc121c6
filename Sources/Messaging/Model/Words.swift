/// Words of a name written in camel case: `sendKnock` is "send knock".
func words(_ name: String) -> String {
  var words = ""
  for character in name {
    if character.isUppercase, words.last?.isUppercase == false { words.append(" ") }
    words += words.last == " " ? character.lowercased() : String(character)
  }
  return words
}
