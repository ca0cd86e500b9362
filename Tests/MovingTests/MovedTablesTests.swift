import SQL
import Store
import TestSupport
import Testing

/// Nothing is forgotten: what is stored is exported, or stands on the list of what is not, with a reason.
struct MovedTablesTests {
    @Test(arguments: TestDatabase.engines)
    func `every table is moved, or left out for a reason`(engine: Engine) async throws {
        try await FullDatabase.with(engine) { database in
            let tables = try await database.read { try SchemaColumn.tables($0) }
            let (moved, left) = (StoreSchema.moved.map(\.name), StoreSchema.leftOut.map(\.table))
            #expect(Set(moved + left) == tables)
            #expect(Set(moved).isDisjoint(with: left))
            for left in StoreSchema.leftOut { #expect(left.reason.hasSuffix("."), "\(left.table)") }
        }
    }

    @Test(arguments: TestDatabase.engines)
    func `every column of a table that is moved is moved as what it is`(engine: Engine) async throws {
        let types: [MovedTable.Column.Kind: String] = [
            .text: "TEXT", .integer: "BIGINT", .real: "DOUBLE PRECISION",
        ]
        try await FullDatabase.with(engine) { database in
            for table in StoreSchema.moved {
                let known = try await database.read { try SchemaColumn.all(of: table.name, $0) }
                let expected = Dictionary(uniqueKeysWithValues: known.map { ($0.name, $0.type) })
                let moved = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, types[$0.kind]) })
                #expect(moved == expected.mapValues(Optional.some), "\(table.name)")
            }
        }
    }
}
