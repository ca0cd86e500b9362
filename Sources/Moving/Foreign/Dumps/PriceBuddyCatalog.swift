import Markup
import Model

/// What a dump of PriceBuddy's database holds: MySQL's, MariaDB's, SQLite's or PostgreSQL's.
///
/// Source: its migrations. <https://github.com/jez500/pricebuddy>
struct PriceBuddyCatalog {
    private struct Address {
        let product: String
        let store: String
        let url: String
        let availability: String?
        let updated: Timestamp?
    }

    private var products: [String: SQLDump.Record] = [:]
    private var addresses: [String: Address] = [:]
    /// By address, in the order of the dump.
    private var prices: [String: [(at: Timestamp, amount: String)]] = [:]
    private var stores: [String: Currency] = [:]
    private var owners: Set<String> = []
    private var standardCurrency: Currency?
    private var counts: [String: Int] = [:]
    private let chosenCurrency: Currency?

    private static let tables: Set = ["products", "urls", "prices", "stores", "settings", "taggables", "notifications"]

    /// `currency` is what prices are in whose store names none; nil for what the program itself has as standard.
    static func read(_ bytes: [UInt8], named name: String, currency: Currency?) throws -> ForeignCatalog {
        var reader = Self(currency)
        try SQLDump.read(bytes, named: name, tables: tables) { table, row in reader.add(table, row) }
        guard !reader.products.isEmpty || !reader.addresses.isEmpty else {
            throw MovingError.damaged("“\(name)” holds no products of PriceBuddy.")
        }
        return reader.catalog()
    }

    private init(_ currency: Currency?) { chosenCurrency = currency }

    private mutating func add(_ table: String, _ row: SQLDump.Record) {
        func value(_ column: String) -> String? { row[column] ?? nil }
        switch table {
        case "products": products[value("id") ?? ""] = row
        case "urls":
            addresses[value("id") ?? ""] = Address(
                product: value("product_id") ?? "",
                store: value("store_id") ?? "",
                url: value("url") ?? "",
                availability: value("availability"),
                updated: value("updated_at").flatMap(Self.moment)
            )
        case "prices":
            guard let at = value("created_at").flatMap(Self.moment), let amount = value("price") else { return }
            prices[value("url_id") ?? "", default: []].append((at, amount))
        case "stores":
            let settings = value("settings").flatMap { JSONValue(strictly: $0.utf8) }
            stores[value("id") ?? ""] = settings["locale_settings"]["currency"].word.flatMap { Currency(code: $0) }
        case "settings" where value("name") == "default_locale_settings":
            let settings = value("payload").flatMap { JSONValue(strictly: $0.utf8) }
            standardCurrency = settings["currency"].word.flatMap { Currency(code: $0) }
        default: counts[table, default: 0] += 1
        }
    }

    private mutating func catalog() -> ForeignCatalog {
        var catalog = ForeignCatalog(program: "PriceBuddy")
        let byProduct = Dictionary(grouping: addresses.keys) { addresses[$0]?.product ?? "" }
        for id in byProduct.keys where products[id] == nil {
            catalog.notMoved.append(NotMoved("addresses of product \(id)", "The dump does not hold that product."))
        }
        for id in products.keys.sorted(by: Self.isBefore) {
            guard let row = products[id] else { continue }
            let own = (byProduct[id] ?? []).sorted(by: Self.isBefore)
            catalog.products.append(product(row, own, &catalog.notMoved))
        }
        if owners.count > 1 {
            catalog.notMoved.append(
                NotMoved("whose product it is", "\(owners.count) people had some; all of it goes to one account.")
            )
        }
        for (table, what) in [("taggables", "tags"), ("notifications", "old notifications")] {
            guard let count = counts[table] else { continue }
            catalog.notMoved.append(NotMoved("\(count) \(what)", "There is nothing like it here."))
        }
        return catalog
    }

    private mutating func product(
        _ row: SQLDump.Record,
        _ ids: [String],
        _ notMoved: inout [NotMoved]
    ) -> ForeignProduct {
        func value(_ column: String) -> String? { row[column] ?? nil }
        let title = value("title") ?? ""
        if let owner = value("user_id") { owners.insert(owner) }
        let seconds = value("refresh_interval").flatMap { Int($0) }
        var (listings, currencies): ([ForeignListing], [Currency]) = ([], [])
        for id in ids {
            guard let address = addresses[id] else { continue }
            let currency = stores[address.store] ?? chosenCurrency ?? standardCurrency
            var listing = ForeignListing(
                address: address.url,
                interval: seconds.map { .seconds($0) },
                isPaused: Self.isTrue(value("paused")) || value("status") == "a"
            )
            if let currency {
                currencies.append(currency)
                listing.runs = history(id, address, currency, title, &notMoved)
            } else if prices[id] != nil {
                notMoved.append(
                    NotMoved("prices of “\(title.prefix(80))”", "Nothing says their currency. Name it with --currency.")
                )
            }
            listings.append(listing)
        }
        let target = target(value("notify_price"), currencies.first, title, &notMoved)
        var alerts = [target.map(Rule.Kind.targetPrice)].compactMap(\.self)
        if let percent = value("notify_percent"), Double(percent) ?? 0 != 0 {
            if let drop = Rule.Kind.drop(percent: percent) {
                alerts.append(drop)
            } else {
                notMoved.append(
                    NotMoved(
                        "percentage of “\(title.prefix(80))”",
                        "“\(percent.prefix(40))” is no whole number from 1 to 99."
                    )
                )
            }
        }
        if Self.isTrue(value("notify_in_stock")) { alerts.append(.backInStock) }
        return ForeignProduct(
            name: title,
            image: value("image"),
            created: value("created_at").flatMap(Self.moment),
            alerts: alerts,
            listings: listings
        )
    }

    private func target(
        _ text: String?,
        _ currency: Currency?,
        _ title: String,
        _ notMoved: inout [NotMoved]
    ) -> Money? {
        guard let text, let currency else { return nil }
        switch ForeignMoney.read(text, currency) {
        case .money(let money): return money
        case .nothing: return nil
        case .inexact, .notANumber:
            notMoved.append(
                NotMoved("target of “\(title.prefix(80))”", "“\(text.prefix(40))” is no amount in \(currency).")
            )
            return nil
        }
    }

    /// PriceBuddy stores 0 where it read no price; that is nothing.
    private func history(
        _ id: String,
        _ address: Address,
        _ currency: Currency,
        _ title: String,
        _ notMoved: inout [NotMoved]
    ) -> [ForeignRun] {
        var (runs, zeros, odd): ([ForeignRun], Int, Int) = ([], 0, 0)
        for price in (prices[id] ?? []).sorted(by: { $0.at < $1.at }) {
            switch ForeignMoney.read(price.amount, currency) {
            case .money(let money): runs.add(money, .inStock, at: price.at)
            case .nothing: zeros += 1
            case .inexact, .notANumber: odd += 1
            }
        }
        if zeros > 0 {
            notMoved.append(NotMoved("\(zeros) prices of 0 of “\(title.prefix(80))”", "No price was read."))
        }
        if odd > 0 {
            notMoved.append(NotMoved("\(odd) prices of “\(title.prefix(80))”", "They are no amounts in \(currency)."))
        }
        if let now = Self.availability(address.availability), let last = runs.last, let at = address.updated,
            at >= last.to
        {
            runs.add(last.price, now, at: at)
        }
        return runs
    }

    /// As one of the engines writes it.
    private static func isTrue(_ text: String?) -> Bool { ["1", "t", "true"].contains(text) }

    private static func availability(_ text: String?) -> Availability? {
        switch text {
        case "in_stock": .inStock
        case "pre_order": .preorder
        case "back_order", "special_order": .backorder
        case "out_of_stock": .outOfStock
        case "discontinued": .discontinued
        default: nil
        }
    }

    /// `2026-01-31 12:00:00`, in UTC as the program is set when it is installed.
    private static func moment(_ text: String) -> Timestamp? { Timestamp(iso8601: text, in: .utc) }

    /// By number where they are numbers.
    private static func isBefore(_ one: String, _ other: String) -> Bool {
        guard let left = Int(one), let right = Int(other) else { return one < other }
        return left < right
    }
}
