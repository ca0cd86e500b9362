/// One thing a person can set on a plugin.
///
/// Each is a question to every person who uses the plugin, so the best plugins have few. Values are texts; what they
/// mean is the plugin's to check in its initialiser. The key is never changed, for stored rows hold it.
package struct Option: Hashable, Sendable {
    /// How the value is written and drawn; what is written in it, the plugin checks.
    package enum Kind: String, Hashable, Sendable {
        /// One line of text.
        case text
        /// An http or https address.
        case address
        /// One mail address, or several separated by commas.
        case mail
        /// Not shown again once it is set, never printed, and in no error's text.
        case secret
    }

    /// The key in configuration and stored rows: one camel-case word.
    package let key: String
    /// How the value is written and drawn.
    package let kind: Kind
    /// A full sentence of at most 200 characters that says what the value does.
    package let summary: String
    /// A value that makes a plugin, for the form and the contract test; of a secret, one that nobody should use.
    package let example: String
    /// What holds when nothing is set, `""` for nothing at all; nil means that a value is required.
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
