import Model
import PluginAPI

/// A message as plain text, for readers and programs that show no HTML.
struct TextMail {
    private let message: Message
    private let words: MailWords

    init(_ message: Message) {
        self.message = message
        words = MailWords(message: message)
    }

    /// The whole text; lines end in a line feed.
    ///
    /// What follows `-- ` is a signature to mail programs, shown grey or folded.
    var text: String {
        var blocks = [message.lines.map { OneLine.text($0) }.joined(separator: "\n")]
        if let report = message.report {
            blocks += report.items.map(Self.item)
            if let left = ReportWording.left(report) { blocks.append(left) }
        }
        if let product = message.product {
            blocks.append(numbers(of: product))
            blocks.append("To the shop:\n\(OneLine.text(product.url))")
        }
        if let failure = message.failure, !failure.listings.isEmpty { blocks.append(list(of: failure)) }
        let settings = message.product == nil ? "Your price monitor" : "History and settings"
        if let link = message.link { blocks.append("\(settings):\n\(OneLine.text(link))") }
        if let product = message.product { blocks.append("How it knows: \(OneLine.text(product.evidence))") }
        if let report = message.report, !report.items.isEmpty {
            blocks.append(
                "Changes beside a price are since \(report.sinceText); “7 d” compares with the average of 7 days, and so on."
            )
        }
        let body = blocks.filter { !$0.isEmpty }.joined(separator: "\n\n")
        return "\(body)\n\n-- \nWhy did I get this? \(words.why)\n\(words.how)\n"
    }

    private static func item(_ item: Message.Report.Item) -> String {
        let price = item.price.map(\.displayText) ?? "no price yet"
        let change = item.change.map { " (\(ChangeText.percent($0)))" } ?? ""
        var facts = ["\(price)\(change) at \(OneLine.text(item.site))"]
        if let stock = ReportWording.availability(item.availability) { facts.append(stock) }
        if let checked = item.checkedText { facts.append("checked \(checked)") }
        if let failing = item.failingText { facts.append("can’t be checked since \(failing)") }
        let averages = item.averages.filter { $0.price != nil }.map { average in
            "\(average.days) d \(ReportWording.percent(item.price?.change(from: average.price)))"
        }
        let rows = [
            facts.joined(separator: ", "), averages.joined(separator: ", "), OneLine.text(item.link ?? item.url),
        ]
        return (["- \(OneLine.text(item.title, limit: 150))"] + rows.filter { !$0.isEmpty }.map { "  \($0)" })
            .joined(separator: "\n")
    }

    private func list(of failure: Message.Failure) -> String {
        let rows = failure.listings.map { listing in
            "- \(OneLine.text(listing.title))\n  \(MailWords.last(of: listing))\n  \(OneLine.text(listing.url))"
        }
        return (rows + (words.more.map { ["  \($0)"] } ?? [])).joined(separator: "\n")
    }

    private func numbers(of product: Message.Product) -> String {
        let change = product.change.map { " (\($0))" } ?? ""
        var rows = [("Now", product.price.displayText + change)]
        if let previous = product.previous { rows.append(("Before", previous.displayText)) }
        if let target = product.target { rows.append(("Target", target.displayText)) }
        rows.append(("Shop", OneLine.text(product.site)))
        if let read = product.readText { rows.append(("Read", OneLine.text(read))) }
        let table = rows.map { name, value in
            "  \(name):\(String(repeating: " ", count: 8 - name.count))\(value)"
        }
        return "\(OneLine.text(product.title))\n\(table.joined(separator: "\n"))"
    }
}
