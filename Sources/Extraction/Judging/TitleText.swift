import Markup

/// Makes a product's name of a title.
enum TitleText {
    /// One line without character references and without the shop's name behind a bar.
    ///
    /// nil where nothing else stands there.
    static func clean(_ text: String, _ survey: Survey) -> String? {
        // Beyond what a line is trimmed of, Unicode has line ends of its own: U+0085, U+2028, U+2029.
        var title = HTMLEntities.decode(text).split(whereSeparator: \.isNewline).joined(separator: " ").trimmedLine
        if let site = survey.data.meta("og:site_name")?.trimmedLine, !site.isEmpty {
            for mark in [" | ", " - ", " – ", " — ", ": "] where title.hasSuffix(mark + site) {
                title = String(title.dropLast(mark.count + site.count))
            }
        }
        return title.isEmpty ? nil : String(title.prefix(500))
    }
}
