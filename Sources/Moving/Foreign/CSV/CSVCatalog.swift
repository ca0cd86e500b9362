package import Model

/// A list of addresses that a person made, one in each row.
package enum CSVCatalog {
    /// The names of the columns; only `url` is needed, their order is free.
    package static let columns = ["url", "name", "target", "currency", "interval", "paused", "image"]

    /// A file to begin with.
    package static let template = #"""
        url,name,target,currency,interval,paused,image
        https://shop.example/lamp,Desk lamp,39.90,EUR,6h,no,
        https://shop.example/chair,"Chair, ""the red one""",,,,,

        """#

    /// Other names under which lists have these columns.
    private static let aliases = [
        "address": "url", "link": "url", "title": "name", "product": "name", "target price": "target",
        "target_price": "target", "image_url": "image",
    ]

    /// `currency` is what targets are in that name none.
    package static func read(
        _ bytes: [UInt8],
        named file: String,
        currency: Currency?
    ) throws(MovingError) -> ForeignCatalog {
        let text = try CSVText(bytes, named: file)
        guard let head = text.rows.first else { throw .damaged("“\(file)” has no rows.") }
        let names = head.fields.map { field in
            let name = field.trimmingWhitespace().lowercased()
            return aliases[name] ?? name
        }
        guard names.contains("url") else {
            throw .damaged(
                "The first line of “\(file)” must name the columns, and “url” must be one of them. "
                    + "Known are: \(columns.joined(separator: ", "))."
            )
        }
        var catalog = ForeignCatalog(program: "CSV")
        for name in names where !columns.contains(name) && !name.isEmpty {
            catalog.notMoved.append(NotMoved("column “\(name.prefix(80))”", "There is nothing like it here."))
        }
        for row in text.rows.dropFirst() {
            guard row.fields.count <= names.count else {
                throw .damaged(
                    "Line \(row.line) of “\(file)” has \(row.fields.count) fields, but there are \(names.count) columns."
                )
            }
            var entry = CSVEntry(row, names)
            if let product = entry.product(currency: currency) { catalog.products.append(product) }
            catalog.notMoved += entry.notMoved
        }
        return catalog
    }
}

/// One row of the list.
private struct CSVEntry {
    private let line: Int
    private let fields: [String: String]
    private(set) var notMoved: [NotMoved] = []

    init(_ row: CSVText.Row, _ names: [String]) {
        line = row.line
        fields = Dictionary(zip(names, row.fields.map { $0.trimmingWhitespace() })) { first, _ in first }
            .filter { !$0.value.isEmpty }
    }

    mutating func product(currency: Currency?) -> ForeignProduct? {
        guard let address = fields["url"] else {
            leave("row", "It has no url.")
            return nil
        }
        return ForeignProduct(
            name: fields["name"] ?? "",
            image: fields["image"],
            alerts: [target(currency)].compactMap { $0.map(Rule.Kind.targetPrice) },
            listings: [ForeignListing(address: address, interval: interval(), isPaused: isPaused())]
        )
    }

    private mutating func target(_ standard: Currency?) -> Money? {
        guard let text = fields["target"] else { return nil }
        var currency = standard
        if let code = fields["currency"] {
            currency = Currency(code: code)
            guard currency != nil else {
                leave("target", "“\(code.prefix(20))” is not a currency's code such as EUR.")
                return nil
            }
        }
        // Plain decimal text has one meaning in a known currency: 1.299 is not 1299.
        if let currency, let money = Money(decimal: text, currency: currency), money.minor > 0 { return money }
        switch PriceText.read(text, in: PriceText.Context(defaultCurrency: currency)) {
        case .money(let money) where money.minor > 0: return money
        case .money, .none: leave("target", "“\(text.prefix(40))” is not a price above zero.")
        case .amount: leave("target", "Nothing says its currency: fill in the column “currency”, or use --currency.")
        case .ambiguous(_, let readings):
            leave("target", "“\(text.prefix(40))” can mean \(readings.prefix(3).joined(separator: " or ")).")
        }
        return nil
    }

    /// `90s`, `30m`, `6h`, `2d`.
    private mutating func interval() -> Duration? {
        guard let text = fields["interval"]?.lowercased() else { return nil }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast().trimmingWhitespace()),
            (1...1_000_000).contains(count)
        else {
            leave("interval", "“\(text.prefix(20))” is not one such as 30m, 6h or 2d; the usual one takes its place.")
            return nil
        }
        return .seconds(count * unit)
    }

    private mutating func isPaused() -> Bool {
        guard let text = fields["paused"]?.lowercased() else { return false }
        if ["yes", "true", "1", "y"].contains(text) { return true }
        if !["no", "false", "0", "n"].contains(text) { leave("paused", "“\(text.prefix(20))” is neither yes nor no.") }
        return false
    }

    private mutating func leave(_ what: String, _ reason: String) {
        notMoved.append(NotMoved("\(what) in line \(line)", reason))
    }
}
