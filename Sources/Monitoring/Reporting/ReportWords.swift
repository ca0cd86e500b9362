import Model
import PluginAPI

/// What a report says in a few words: the subject, and the lines that channels for short messages show.
struct ReportWords {
    let report: Message.Report
    var isTest = false

    /// How many changes the lines name.
    private static let mostChanges = 7

    /// `Price report – 30 November 2026: 3 cheaper, 1 dearer`.
    var subject: String {
        "\(isTest ? "Test: " : "")Price report – \(report.day): \(news)"
    }

    private var news: String {
        guard !report.items.isEmpty else { return "no products" }
        let counts = [(report.cheaper, "cheaper"), (report.dearer, "dearer")].filter { $0.0 > 0 }
        return counts.isEmpty ? "no price has changed" : counts.map { "\($0) \($1)" }.joined(separator: ", ")
    }

    /// At most 11.
    var lines: [String] {
        let test = isTest ? ["This is a test of the report: its products were not checked for it."] : []
        guard !report.items.isEmpty else {
            return test + ["There is nothing to report: no product is watched, or all are paused."]
        }
        let doubts = report.doubts.map {
            ["\($0) Say whether they are right: \(report.doubtsLink ?? "under “Alerts”")"]
        }
        return test + [summary] + (doubts ?? []) + changes
    }

    private var summary: String {
        let (cheaper, dearer, failing, all) = (report.cheaper, report.dearer, report.failing, report.products)
        let products = all == 1 ? "1 product" : "\(all) products"
        var text: String
        if cheaper + dearer == 0 {
            text = "No price of \(products) has changed since \(report.sinceText)."
        } else {
            let parts = [(cheaper, "cheaper"), (dearer, "dearer")].filter { $0.0 > 0 }
                .map { "\($0) \($0 == 1 ? "is" : "are") \($1)" }
            text = "Of \(products), \(parts.joined(separator: " and ")) than on \(report.sinceText)."
        }
        if let newer = report.newer { text += " \(newer)" }
        if failing > 0 { text += failing == 1 ? " 1 can’t be checked." : " \(failing) can’t be checked." }
        return text
    }

    private var changes: [String] {
        let moved = report.items.filter { ($0.change ?? 0) != 0 }
        var lines = moved.prefix(Self.mostChanges).compactMap { item -> String? in
            guard let price = item.price, let before = item.before, let change = item.change else { return nil }
            let percent = ChangeText.percent(change)
            return "\(item.title): \(price.displayText) at \(item.site), before \(before.displayText) (\(percent))"
        }
        let all = report.cheaper + report.dearer
        if all > lines.count { lines.append("and \(all - lines.count) more changes") }
        return lines
    }
}
