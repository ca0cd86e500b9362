import Model

/// What every plugin is: a name, the options a person can set, and a way to be made from them.
///
/// A plugin reads, decides and formats; it never touches network, disk, clock or random numbers itself. Its life:
///
/// 1. It is compiled in and listed in `InstalledPlugins`. At start, `Registry` refuses two of one id or one site.
/// 2. Pages and commands draw its form and its help from `title`, `summary` and `options`, without making it.
/// 3. When a person saves a channel, a notifier is made once to see whether its options fit. It is made again for every
///    delivery, so making one must be cheap. A scraper is made once a process, from no values at all.
/// 4. Its methods are called from several tasks at once. It is a struct of `let`s, and keeps nothing between two calls.
///
/// `docs/plugins.md` shows a whole one of each kind; `PluginContractTests` asks every installed one the same questions.
package protocol Plugin: Sendable {
    /// The name used in configuration, logs, metrics and stored rows.
    ///
    /// Lowercase words joined by dashes. Stored rows refer to it, so it is never changed.
    static var id: PluginID { get }

    /// What a person reads in a list, at most 40 characters: `Email`, `Shopify`.
    static var title: String { get }

    /// One sentence of at most 200 characters that says what the plugin is for.
    static var summary: String { get }

    /// What can be set, in the order of the form.
    ///
    /// The form, `host plugins` and the check for unknown keys are drawn from this list. A scraper's options all have a
    /// `standard`, for nobody is asked before the first page is read.
    static var options: [Option] { get }

    /// Checks what the options say and keeps what the plugin needs; touches no network, disk or clock.
    ///
    /// Unknown keys and missing values were refused before, when the set-up was made. Throws `SetupError` for a value
    /// that can never work; the person sees it beside the option that it names.
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
