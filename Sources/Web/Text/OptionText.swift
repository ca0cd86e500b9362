/// Names of options, for people.
enum OptionText {
    /// `signingSecret` as `Signing secret`.
    static func label(_ key: String) -> String {
        if key == "url" { return "Address" }
        var words = ""
        for character in key {
            if character.isUppercase, !words.isEmpty { words.append(" ") }
            words.append(contentsOf: words.isEmpty ? character.uppercased() : character.lowercased())
        }
        return words
    }
}
