package import Model
package import SQL

extension Connection {
    package func insert(_ channel: Channel) throws {
        try run(
            """
            INSERT INTO channel (
                id, owner_id, plugin, name, options, created_at, problem, last_delivery_at, subject_template,
                text_template
            ) VALUES (
                \(channel.id), \(channel.owner), \(channel.plugin), \(channel.name), \(try jsonText(channel.options)),
                \(channel.created), \(channel.problem), \(channel.lastDelivery), \(channel.wording.subject),
                \(channel.wording.text)
            )
            """
        )
    }

    /// Its name, options and wording; how its last delivery went stays.
    package func update(_ channel: Channel) throws {
        try run(
            """
            UPDATE channel SET name = \(channel.name), options = \(try jsonText(channel.options)),
                               subject_template = \(channel.wording.subject), text_template = \(channel.wording.text)
             WHERE id = \(channel.id)
            """
        )
    }

    /// Oldest first.
    package func channels(of owner: ID<Account>) throws -> [Channel] {
        try rows("SELECT * FROM channel WHERE owner_id = \(owner) ORDER BY created_at, id").map(Channel.init(row:))
    }

    package func channel(_ id: ID<Channel>) throws -> Channel? {
        try row("SELECT * FROM channel WHERE id = \(id)").map(Channel.init(row:))
    }

    /// How the last delivery went: a moment, or a problem.
    package func setDelivery(_ delivered: Timestamp?, problem: String?, of id: ID<Channel>) throws {
        try run(
            """
            UPDATE channel SET problem = \(problem), last_delivery_at = COALESCE(\(delivered), last_delivery_at)
             WHERE id = \(id)
            """
        )
    }

    /// Its messages go with it.
    package func deleteChannel(_ id: ID<Channel>) throws {
        try run("DELETE FROM channel WHERE id = \(id)")
    }
}

extension Channel {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            owner: try row.id("owner_id"),
            plugin: try row.text("plugin"),
            name: try row.text("name"),
            options: try row.json("options"),
            wording: Channel.Wording(subject: try row.text("subject_template"), text: try row.text("text_template")),
            created: try row.time("created_at"),
            problem: try row.optionalText("problem"),
            lastDelivery: try row.optionalTime("last_delivery_at")
        )
    }
}
