import Markup

/// Makes a product's name of a title.
enum TitleText {
    /// One line without character references and without the shop's name behind a bar.
    static func clean(_ text: String, _ survey: Survey) -> String {
        var title = HTMLEntities.decode(text).trimmedLine
        if let site = survey.data.meta("og:site_name")?.trimmedLine, !site.isEmpty {
            for mark in [" | ", " - ", " – ", " — ", ": "] where title.hasSuffix(mark + site) {
                title = String(title.dropLast(mark.count + site.count))
            }
        }
        return String(title.prefix(500))
    }
}
