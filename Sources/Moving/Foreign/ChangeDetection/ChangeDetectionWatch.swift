import Markup
import Model

/// One watch of changedetection.io.
struct ChangeDetectionWatch {
    private let id: String
    private let watch: JSONValue?
    private let files: FileTree
    private let settings: JSONValue?
    private let standardCurrency: Currency?
    private(set) var notMoved: [NotMoved] = []

    /// What there is nothing like here, by the names that people know.
    private static let ownSettings = [
        ("include_filters", "filters"), ("subtractive_selectors", "removed elements"), ("headers", "headers"),
        ("browser_steps", "browser steps"), ("proxy", "proxy"), ("notification_urls", "addresses for notifications"),
        ("tags", "groups"), ("trigger_text", "trigger texts"), ("ignore_text", "ignored texts"),
    ]

    init(_ id: String, _ watch: JSONValue?, _ files: FileTree, settings: JSONValue?, currency: Currency?) {
        (self.id, self.watch, self.files, self.settings) = (id, watch, files, settings)
        standardCurrency = currency
    }

    private var address: String { watch["url"].word ?? "" }
    private var title: String { watch["title"].word ?? watch["page_title"].word ?? "" }
    private var label: String { "“\((title.nonEmpty ?? address.nonEmpty ?? id).prefix(80))”" }

    /// nil when it watches no price.
    mutating func product() throws(MovingError) -> ForeignProduct? {
        guard watch["processor"].word == "restock_diff" else {
            leave(
                "watch \(label)",
                "It watches the text of a page, not a price. Add its address if the page sells something."
            )
            return nil
        }
        guard !address.contains("{{"), !address.contains("{%") else {
            leave("watch \(label)", "Its address is a template, which there is none of here.")
            return nil
        }
        let currency = currency()
        var listing = ForeignListing(address: plainAddress, interval: interval(), isPaused: watch["paused"].isTrue)
        if let currency {
            listing.runs = try history(currency)
        } else {
            leave("prices of \(label)", "Nothing says their currency. Name it with --currency.")
        }
        let own = Self.ownSettings.filter { watch[$0.0].isSet }.map(\.1)
        if !own.isEmpty { leave("\(own.joined(separator: ", ")) of \(label)", "There is nothing like it here.") }
        if watch["time_schedule_limit"]["enabled"].isTrue {
            leave("check times of \(label)", "Choose them on the product's page.")
        }
        return ForeignProduct(
            name: title,
            created: watch["date_created"].whole.flatMap(Self.moment),
            alerts: try alerts(currency),
            listings: [listing]
        )
    }

    /// Without the mark that asks for a page's source.
    private var plainAddress: String { address.hasPrefix("source:") ? String(address.dropFirst(7)) : address }

    private func currency() -> Currency? {
        guard let text = watch["restock"]["currency"].word else { return standardCurrency }
        return Currency(code: text)
            ?? PriceText.currency(text, in: PriceText.Context(defaultCurrency: standardCurrency)) ?? standardCurrency
    }

    private func interval() -> Duration? {
        let own = watch["time_between_check"]
        let usesOwn = watch["time_between_check_use_default"] == .bool(false) || settings == nil || settings == .null
        let chosen = usesOwn ? own : settings["requests"]["time_between_check"]
        let units = [("weeks", 604_800), ("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1)]
        let seconds = units.reduce(0) { sum, unit in
            sum + min(max(chosen[unit.0].whole ?? 0, 0), 1_000_000) * unit.1
        }
        return seconds > 0 ? .seconds(seconds) : nil
    }

    /// What it tells of; the settings stand in the watch, or in a file of its own since 2026.
    private mutating func alerts(_ currency: Currency?) throws(MovingError) -> [Rule.Kind] {
        let bytes = try files.contents(of: "\(id)/restock_diff.json")
        let rules = bytes.flatMap(JSONValue.init(strictly:))["restock_diff"] ?? watch["restock_settings"]
        var alerts = [target(rules["price_change_min"].word, currency)].compactMap { $0.map(Rule.Kind.targetPrice) }
        if rules["price_change_max"].isSet {
            leave("“above” price of \(label)", "No alert here waits for a price that rises to an amount.")
        }
        if rules["price_change_threshold_percent"].isSet, let text = rules["price_change_threshold_percent"].word {
            if let drop = Rule.Kind.drop(percent: text) {
                alerts.append(drop)
            } else {
                leave("percentage of \(label)", "“\(text.prefix(40))” is no whole number from 1 to 99.")
            }
        }
        if ["in_stock_only", "all_changes"].contains(rules["in_stock_processing"].word) { alerts.append(.backInStock) }
        return alerts
    }

    private mutating func target(_ text: String?, _ currency: Currency?) -> Money? {
        guard let text, let currency else { return nil }
        switch ForeignMoney.read(text, currency) {
        case .money(let money): return money
        case .nothing: return nil
        case .inexact, .notANumber:
            leave("“below” price of \(label)", "“\(text.prefix(40))” is no amount in \(currency).")
            return nil
        }
    }

    /// Each snapshot of a price is a short text; the list of them says when it was taken.
    private mutating func history(_ currency: Currency) throws(MovingError) -> [ForeignRun] {
        var list = try files.contents(of: "\(id)/history-restock_diff.txt")
        if list == nil { list = try files.contents(of: "\(id)/history.txt") }
        var entries: [(at: Timestamp, file: String)] = []
        for line in String(decoding: list ?? [], as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ",", maxSplits: 1)
            guard parts.count == 2, let at = Int(parts[0]).flatMap(Self.moment),
                let file = parts[1].split(separator: "/").last
            else { continue }
            entries.append((at, file.trimmingWhitespace()))
        }
        var (runs, unread): ([ForeignRun], Int) = ([], 0)
        for entry in entries.sorted(by: { $0.at < $1.at }) {
            guard let bytes = try files.contents(of: "\(id)/\(entry.file)"),
                let (price, availability) = Self.snapshot(String(decoding: bytes, as: UTF8.self), currency)
            else {
                unread += 1
                continue
            }
            runs.add(price, availability, at: entry.at)
        }
        if unread > 0 { leave("\(unread) snapshots of \(label)", "They hold no price, or their files are missing.") }
        // The last look that saw the same is not among the snapshots.
        if let last = runs.last, let checked = watch["last_checked"].whole.flatMap(Self.moment), checked > last.to {
            runs.add(last.price, last.availability, at: checked)
        }
        return runs
    }

    /// `In Stock: True - Price: 10.99`; nil for anything else.
    private static func snapshot(_ text: String, _ currency: Currency) -> (price: Money?, availability: Availability)? {
        guard let match = text.wholeMatch(of: /\s*In Stock: (True|False|None) - Price:\s*([0-9.]*)\s*/) else {
            return nil
        }
        let availability: Availability =
            switch match.output.1 {
            case "True": .inStock
            case "False": .outOfStock
            default: .unknown
            }
        switch ForeignMoney.read(match.output.2, currency) {
        case .money(let money): return (money, availability)
        case .nothing, .notANumber: return availability == .outOfStock ? (nil, availability) : nil
        case .inexact: return nil
        }
    }

    private static func moment(_ seconds: Int) -> Timestamp? {
        (1..<100_000_000_000).contains(seconds) ? Timestamp(milliseconds: seconds * 1000) : nil
    }

    private mutating func leave(_ what: String, _ reason: String) { notMoved.append(NotMoved(what, reason)) }
}
