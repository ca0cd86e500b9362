import Markup
import Model

/// What PriceGhost's database holds, row by row.
///
/// Source: its schema. <https://github.com/clucraft/PriceGhost>
struct PriceGhostCatalog {
    /// The tables that are read, in this order, each with what tells the order of its rows.
    static let tables = ["products", "price_history", "stock_status_history"]

    private struct Event {
        let at: Timestamp
        var price: (amount: String, currency: String?)?
        var status: String?
    }

    private var products: [(id: Int, row: JSONValue?)] = []
    private var events: [Int: [Event]] = [:]
    private var owners: Set<String> = []
    private let chosenCurrency: Currency?

    /// `currency` is what prices are in that name none.
    init(currency: Currency?) { chosenCurrency = currency }

    /// A row with its columns as members.
    mutating func add(_ table: String, _ row: JSONValue?) {
        switch table {
        case "products":
            guard let id = row["id"].whole else { return }
            products.append((id, row))
            if let owner = row["user_id"].word { owners.insert(owner) }
        case "price_history":
            guard let id = row["product_id"].whole, let at = Self.moment(row["recorded_at"]),
                let amount = row["price"].word
            else { return }
            events[id, default: []].append(Event(at: at, price: (amount, row["currency"].word)))
        case "stock_status_history":
            guard let id = row["product_id"].whole, let at = Self.moment(row["changed_at"]) else { return }
            events[id, default: []].append(Event(at: at, status: row["status"].word))
        default: break
        }
    }

    func catalog() -> ForeignCatalog {
        var catalog = ForeignCatalog(program: "PriceGhost")
        for (id, row) in products.sorted(by: { $0.id < $1.id }) {
            catalog.products.append(product(id, row, &catalog.notMoved))
        }
        if owners.count > 1 {
            catalog.notMoved.append(
                NotMoved("whose product it is", "\(owners.count) people had some; all of it goes to one account.")
            )
        }
        catalog.notMoved.append(
            NotMoved("addresses for notifications", "They belonged to each person. Add channels for them.")
        )
        return catalog
    }

    private func product(_ id: Int, _ row: JSONValue?, _ notMoved: inout [NotMoved]) -> ForeignProduct {
        let title = row["name"].word ?? ""
        let label = "“\((title.nonEmpty ?? row["url"].word ?? "\(id)").prefix(80))”"
        let runs = history(id, row, label, &notMoved)
        let currency = runs.compactMap(\.price).last?.currency ?? chosenCurrency
        let target = amount(row["target_price"].word, "target", currency, label, &notMoved)
        let drop = amount(row["price_drop_threshold"].word, "price drop", currency, label, &notMoved)
        var alerts = [target.map(Rule.Kind.targetPrice), drop.map(Rule.Kind.dropAmount)].compactMap(\.self)
        if Self.isTrue(row["notify_back_in_stock"]) { alerts.append(.backInStock) }
        return ForeignProduct(
            name: title,
            image: row["image_url"].word,
            created: Self.moment(row["created_at"]),
            alerts: alerts,
            listings: [
                ForeignListing(
                    address: row["url"].word ?? "",
                    interval: row["refresh_interval"].whole.map { .seconds($0) },
                    isPaused: Self.isTrue(row["checking_paused"]),
                    runs: runs
                )
            ]
        )
    }

    /// As a dump or a server writes it.
    private static func isTrue(_ value: JSONValue?) -> Bool {
        [.bool(true), .string("1"), .string("t")].contains(value)
    }

    private func amount(
        _ text: String?,
        _ what: String,
        _ currency: Currency?,
        _ label: String,
        _ notMoved: inout [NotMoved]
    ) -> Money? {
        guard let text else { return nil }
        guard let currency else {
            notMoved.append(NotMoved("\(what) of \(label)", "Nothing says its currency. Name it with --currency."))
            return nil
        }
        switch ForeignMoney.read(text, currency) {
        case .money(let money): return money
        case .nothing: return nil
        case .inexact, .notANumber:
            notMoved.append(NotMoved("\(what) of \(label)", "“\(text.prefix(40))” is no amount in \(currency)."))
            return nil
        }
    }

    /// A price is stored when it moves, so it held until the next one, and the last until the product was last looked at.
    private func history(_ id: Int, _ row: JSONValue?, _ label: String, _ notMoved: inout [NotMoved]) -> [ForeignRun] {
        var (runs, price, availability): ([ForeignRun], Money?, Availability) = ([], nil, .inStock)
        var (odd, unknown) = (0, 0)
        for event in (events[id] ?? []).sorted(by: { $0.at < $1.at }) {
            if let status = event.status { availability = Self.availability(status) }
            if let found = event.price {
                guard let currency = found.currency.flatMap({ Currency(code: $0) }) ?? chosenCurrency else {
                    unknown += 1
                    continue
                }
                switch ForeignMoney.read(found.amount, currency) {
                case .money(let money): price = money
                case .nothing, .inexact, .notANumber:
                    odd += 1
                    continue
                }
            }
            if price != nil || availability == .outOfStock { runs.add(price, availability, at: event.at) }
        }
        if unknown > 0 {
            notMoved.append(
                NotMoved("\(unknown) prices of \(label)", "Nothing says their currency. Name it with --currency.")
            )
        }
        if odd > 0 { notMoved.append(NotMoved("\(odd) prices of \(label)", "They are no amounts in their currency.")) }
        if let last = runs.last, let checked = Self.moment(row["last_checked"]), checked > last.to {
            runs.add(last.price, last.availability, at: checked)
        }
        return runs
    }

    private static func availability(_ text: String) -> Availability {
        switch text {
        case "in_stock": .inStock
        case "out_of_stock": .outOfStock
        default: .unknown
        }
    }

    /// `2026-01-31 12:00:00.123` or with a T; without a zone, as its server runs in UTC.
    private static func moment(_ value: JSONValue?) -> Timestamp? {
        value.word.flatMap { Timestamp(iso8601: $0, in: .utc) }
    }
}
