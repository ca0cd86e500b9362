package import PluginAPI

/// The questions that every plugin must answer, whoever wrote it.
///
/// Each question returns the faults it found as sentences, so that a test expects an empty list and prints the faults.
/// Those for notifiers and scrapers are in `PluginContract+Notifier.swift` and `PluginContract+Scraper.swift`; asked of
/// the other kind, they find nothing.
package struct PluginContract: Sendable, CustomStringConvertible {
    /// What is asked.
    package let plugin: any Plugin.Type
    /// The text of its README; nil where there is none.
    package let readme: String?
    /// The folder of its fixtures; need not exist.
    package let fixtures: String?

    /// A plugin that stands anywhere.
    package init(_ plugin: any Plugin.Type, readme: String?, fixtures: String? = nil) {
        self.plugin = plugin
        self.readme = readme
        self.fixtures = fixtures
    }

    /// An installed plugin: module `<Name>Plugin`, folder `Plugins/<Name>` of the checkout at `root`.
    package init(installed plugin: any Plugin.Type, root: String) {
        let module = String(reflecting: plugin).prefix { $0 != "." }
        let name = module.hasSuffix("Plugin") ? module.dropLast("Plugin".count) : module
        let folder = "\(root)/Plugins/\(name)"
        // A README that is not there is a fault that `readmeFaults` names.
        self.init(plugin, readme: try? TextFile.read("\(folder)/README.md"), fixtures: "\(folder)/Tests/Fixtures")
    }

    /// The plugin's id.
    package var description: String { plugin.id.text }

    /// The options' examples: values that must make a plugin.
    package var examples: [String: String] {
        Dictionary(plugin.options.map { ($0.key, $0.example) }) { first, _ in first }
    }
}

// MARK: What a person reads and sets

extension PluginContract {
    /// The id, the title, the summary, and each option's key, summary, example and standard are well written.
    package func wordFaults() -> [String] {
        var faults: [String] = []
        if !plugin.id.isWellFormed { faults.append("The id “\(plugin.id)” is not lowercase words joined by dashes.") }
        // A name that its owner writes small is its id too: ntfy.
        if !Self.isName(plugin.title), plugin.title != plugin.id.text {
            faults.append("The title “\(plugin.title)” is not a short name on one line.")
        }
        if !Self.isSentence(plugin.summary) { faults.append("The summary “\(plugin.summary)” is not one sentence.") }
        for (index, option) in plugin.options.enumerated() {
            let name = "The option “\(option.key)”"
            if !Self.isKey(option.key) { faults.append("\(name) has a key that is not one camel-case word.") }
            if plugin.options[..<index].contains(where: { $0.key == option.key }) {
                faults.append("\(name) is there twice.")
            }
            if !Self.isSentence(option.summary) { faults.append("\(name) has a summary that is not a sentence.") }
            if option.example.isEmpty { faults.append("\(name) has no example.") }
            if option.kind == .secret, option.standard?.isEmpty == false {
                faults.append("\(name) is a secret with a default: everyone would know it.")
            }
        }
        return faults
    }

    /// The examples make a plugin, alone and with what is optional; an unknown key and a missing required one do not.
    package func optionFaults() -> [String] {
        var faults: [String] = []
        let required = plugin.options.filter { $0.standard == nil }
        if plugin is any SiteScraper.Type, let option = required.first {
            faults.append("“\(option.key)” is required, but a scraper is made from no values.")
        }
        if let error = setupError(examples) { faults.append("The examples make no plugin: \(error)") }
        let needed = examples.filter { key, _ in required.contains { $0.key == key } }
        if let error = setupError(needed) { faults.append("The required options alone make no plugin: \(error)") }
        let unknown = examples.merging(["unheardOf": "x"]) { old, _ in old }
        if setupError(unknown)?.key != "unheardOf" { faults.append("An unknown key is not refused by its name.") }
        for option in required {
            for value in [nil, "", " \n"] {
                var values = examples
                values[option.key] = value
                if setupError(values)?.key == option.key { continue }
                faults.append("A missing “\(option.key)” is not refused by its name.")
            }
        }
        for option in plugin.options {
            var values = examples
            values[option.key] = "\u{7}wr0ng-s3cret-value"
            guard let error = setupError(values) else { continue }
            if error.key != option.key { faults.append("A wrong “\(option.key)” is blamed on “\(error.key)”.") }
            if option.kind == .secret, "\(error)".contains("wr0ng-s3cret") {
                faults.append("What is wrong with “\(option.key)” is said with the secret in it.")
            }
        }
        return faults
    }

    private func setupError(_ values: [String: String]) -> SetupError? {
        do {
            _ = try plugin.init(try PluginSetup(of: plugin, values))
            return nil
        } catch {
            return error
        }
    }

    /// A word that begins small and goes on large is a brand's: eBay.
    private static func isName(_ text: String) -> Bool {
        let isCareless = text.first?.isLowercase == true && text.dropFirst().first?.isUppercase != true
        return (1...40).contains(text.count) && !isCareless && text.last != "." && !text.contains(where: \.isNewline)
    }

    private static func isSentence(_ text: String) -> Bool {
        (10...200).contains(text.count) && text.first?.isLowercase == false && text.last == "."
            && !text.contains(where: \.isNewline)
    }

    private static func isKey(_ text: String) -> Bool {
        text.first?.isLowercase == true && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
