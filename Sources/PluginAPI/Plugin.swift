import Model

/// What every plugin is: a name, the options a person can set, and a way to be made from them.
package protocol Plugin: Sendable {
    /// The name used in configuration, logs, metrics and stored rows.
    ///
    /// Lowercase words joined by dashes. Stored rows refer to it, so it is never changed.
    static var id: PluginID { get }

    /// What a person reads in a list: `Email`, `Shopify`.
    static var title: String { get }

    /// One sentence that says what the plugin is for.
    static var summary: String { get }

    /// What can be set.
    ///
    /// The form, `host plugins` and the check for unknown keys are drawn from this list.
    static var options: [Option] { get }

    /// Checks what the options say and keeps what the plugin needs; touches no network, disk or clock.
    init(_ setup: PluginSetup) throws(SetupError)
}

extension Plugin {
    /// Most plugins need nothing set.
    package static var options: [Option] { [] }
}

/// A plugin's name: lowercase words joined by dashes, at most 40 characters.
package struct PluginID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name itself.
    package let text: String

    /// For names written in the code; `PluginContractTests` asks each whether it is well formed.
    package init(stringLiteral text: String) {
        self.text = text
    }

    /// For names that come from stored rows or requests.
    package init(_ text: String) {
        self.text = text
    }

    /// Whether the name obeys the rule above.
    package var isWellFormed: Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let letters = text.utf8.allSatisfy { $0.isASCIIDigit || ($0 >= 0x61 && $0 <= 0x7a) || $0 == 0x2d }
        return letters && text.utf8.count <= 40 && words.allSatisfy { !$0.isEmpty }
    }

    /// The name itself.
    package var description: String { text }
}
