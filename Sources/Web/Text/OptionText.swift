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

    /// A sentence that begins with an option's key, with its label instead.
    static func labelled(_ sentence: String, key: String) -> String {
        sentence.hasPrefix("\(key) ") ? "\(label(key))\(sentence.dropFirst(key.count))" : sentence
    }
}
