/// One thing a person can set on a plugin.
package struct Option: Hashable, Sendable {
    /// How the value is written and drawn.
    package enum Kind: String, Hashable, Sendable {
        /// One line of text.
        case text
        /// An http or https address.
        case address
        /// One mail address, or several separated by commas.
        case mail
        /// Not shown again once it is set, and never printed.
        case secret
    }

    /// The key in configuration and stored rows: one camel-case word.
    package let key: String
    /// How the value is written and drawn.
    package let kind: Kind
    /// A full sentence that says what the value does.
    package let summary: String
    /// A value that would work, for the form and the contract test.
    package let example: String
    /// What holds when nothing is set; nil means that a value is required.
    package let standard: String?

    /// An option whose `standard` is nil must be set.
    package init(_ key: String, _ summary: String, kind: Kind = .text, example: String, standard: String? = nil) {
        self.key = key
        self.kind = kind
        self.summary = summary
        self.example = example
        self.standard = standard
    }
}
