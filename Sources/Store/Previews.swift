package import Model
package import SQL

extension Connection {
    package func insert(_ preview: Preview) throws {
        try run(
            """
            INSERT INTO preview (id, owner_id, url, answered, status, took_ms, reading, created_at)
            VALUES (
                \(preview.id), \(preview.owner), \(preview.address.text), \(preview.answered), \(preview.status),
                \(preview.took.wholeMilliseconds), \(try jsonText(preview.reading)), \(preview.created)
            )
            """
        )
    }

    package func preview(_ id: ID<Preview>) throws -> Preview? {
        try row("SELECT * FROM preview WHERE id = \(id)").map { row in
            Preview(
                id: try row.id("id"),
                owner: try row.id("owner_id"),
                address: try WebAddress(try row.text("url")),
                answered: try row.text("answered"),
                status: try row.optionalInt("status"),
                took: .milliseconds(try row.int("took_ms")),
                reading: try row.json("reading"),
                created: try row.time("created_at")
            )
        }
    }

    package func deletePreviews(before moment: Timestamp) throws {
        try run("DELETE FROM preview WHERE created_at < \(moment)")
    }
}
