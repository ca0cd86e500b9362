import Markup
package import Model
package import SQL

/// Where PriceGhost's rows come from.
package enum PriceGhostSource {
    /// A plain dump of its database.
    static func read(_ bytes: [UInt8], named name: String, currency: Currency?) throws -> ForeignCatalog {
        var catalog = PriceGhostCatalog(currency: currency)
        var count = 0
        try SQLDump.read(bytes, named: name, tables: Set(PriceGhostCatalog.tables)) { table, row in
            catalog.add(table, .object(row.map { .init(key: $0.key, value: $0.value.map(JSONValue.string) ?? .null) }))
            count += 1
        }
        guard count > 0 else { throw MovingError.damaged("“\(name)” holds no products of PriceGhost.") }
        return catalog.catalog()
    }

    /// The database itself, which is only read.
    package static func read(_ database: any Database, currency: Currency?) async throws -> ForeignCatalog {
        try await database.read { connection in
            guard try connection.hasTables(["products", "price_history", "users"]) else {
                throw MovingError.request("The database “\(database.name)” is not one of PriceGhost.")
            }
            var catalog = PriceGhostCatalog(currency: currency)
            // The table of stock is younger than the others.
            for table in PriceGhostCatalog.tables where try connection.hasTables([table]) {
                try connection.eachRow(of: table, orderedBy: "id") { catalog.add(table, $0) }
            }
            return catalog.catalog()
        }
    }
}
