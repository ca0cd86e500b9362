import Markup
package import Model
package import SQL

/// The database of the system that this program replaces, which is only read.
///
/// Its tables: products, price_records, run_logs, settings, and two that have no use here. Amounts are hundredths in every
/// currency; times are those of UTC. <https://github.com/onlineeric/price-monitoring-agent>
package enum OriginalSource {
    private static let tables = ["products", "price_records", "run_logs", "settings"]

    /// `currency` is what prices are in that name none.
    package static func read(_ database: any Database, currency: Currency?) async throws -> ForeignCatalog {
        try await database.read { connection in
            guard try connection.hasTables(tables) else {
                throw MovingError.request(
                    "The database “\(database.name)” is not one of the original system: it lacks one of the tables "
                        + "\(tables.joined(separator: ", "))."
                )
            }
            var reader = OriginalReader(currency: currency)
            try connection.eachRow(of: "products", orderedBy: "created_at, id") { reader.addProduct($0) }
            try connection.eachRow(of: "price_records", orderedBy: "product_id, scraped_at, id") { reader.addPrice($0) }
            try connection.eachRow(of: "run_logs", orderedBy: "product_id, created_at, id") { reader.addCheck($0) }
            try connection.eachRow(of: "settings", orderedBy: "key") { reader.addSetting($0) }
            return reader.catalog()
        }
    }
}

/// Gathers the original's rows.
private struct OriginalReader {
    private struct Gathered {
        let row: JSONValue?
        var runs: [ForeignRun] = []
        var checks: [ForeignCheck] = []
        /// What was left out, by reason.
        var odd: [String: Int] = [:]
    }

    private var order: [String] = []
    private var products: [String: Gathered] = [:]
    private var orphans = 0
    private var settings: [NotMoved] = []
    private let chosenCurrency: Currency?

    init(currency: Currency?) { chosenCurrency = currency }

    mutating func addProduct(_ row: JSONValue?) {
        guard let id = row["id"].word else { return }
        order.append(id)
        products[id] = Gathered(row: row)
    }

    mutating func addPrice(_ row: JSONValue?) {
        guard let id = row["product_id"].word, var product = products[id] else { return }
        defer { products[id] = product }
        func leave(_ reason: String) { product.odd[reason, default: 0] += 1 }
        guard let at = Self.moment(row["scraped_at"]), let hundredths = row["price"].whole else {
            return leave("They have no time or no amount.")
        }
        let code = row["currency"].word
        guard let currency = code.map({ Currency(code: $0) }) ?? chosenCurrency else {
            return leave(
                code == nil
                    ? "Nothing says their currency. Name it with --currency."
                    : "“\(code?.prefix(20) ?? "")” is not a currency's code."
            )
        }
        switch ForeignMoney.read(hundredths: hundredths, currency) {
        case .money(let money): product.runs.add(money, .inStock, at: at)
        case .nothing: leave("A price of 0 is none.")
        case .inexact: leave("They are no whole amounts in \(currency).")
        case .notANumber: leave("They are too large.")
        }
    }

    mutating func addCheck(_ row: JSONValue?) {
        guard let id = row["id"].word, let at = Self.moment(row["created_at"]) else { return }
        guard let product = row["product_id"].word, products[product] != nil else {
            orphans += 1
            return
        }
        let note = row["error_message"].word.map { text in
            String(text.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(500))
        }
        products[product]?.checks.append(
            ForeignCheck(id: id, at: at, isFine: row["status"].word == "SUCCESS", note: note)
        )
    }

    mutating func addSetting(_ row: JSONValue?) {
        guard let key = row["key"].word else { return }
        let reason =
            key == "email_schedule"
            ? "There is no digest yet; prices that reach a target are told at once."
            : "It is about the original's own work."
        settings.append(NotMoved("setting “\(key.prefix(80))”", reason))
    }

    func catalog() -> ForeignCatalog {
        var catalog = ForeignCatalog(program: "the original system", notMoved: settings)
        for id in order {
            guard let gathered = products[id] else { continue }
            let row = gathered.row
            let (name, url) = (row["name"].word ?? "", row["url"].word ?? "")
            let label = "“\((name.nonEmpty ?? url).prefix(80))”"
            catalog.products.append(
                ForeignProduct(
                    name: name,
                    image: row["image_url"].word,
                    created: Self.moment(row["created_at"]),
                    listings: [
                        ForeignListing(
                            address: url,
                            isPaused: row["active"] == .bool(false),
                            runs: gathered.runs,
                            checks: gathered.checks
                        )
                    ]
                )
            )
            for (reason, count) in gathered.odd.sorted(by: { $0.key < $1.key }) {
                catalog.notMoved.append(NotMoved("\(count) prices of \(label)", reason))
            }
            let described = ["description", "category", "brand", "country_of_origin", "attributes"].filter {
                row[$0].isSet
            }
            if !described.isEmpty {
                catalog.notMoved.append(
                    NotMoved("\(described.joined(separator: ", ")) of \(label)", "There is no place for it here.")
                )
            }
        }
        if orphans > 0 {
            catalog.notMoved.append(NotMoved("\(orphans) lines of run_logs", "Their products are gone."))
        }
        return catalog
    }

    /// `2026-01-31T12:00:00.123456`, without a zone.
    private static func moment(_ value: JSONValue?) -> Timestamp? {
        value.word.flatMap { Timestamp(iso8601: $0, in: .utc) }
    }
}
