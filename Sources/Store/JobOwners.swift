package import Model
package import SQL

extension Connection {
    /// Who watches these listings, of those that are there.
    package func owners(ofListings ids: [ID<Listing>]) throws -> [ID<Listing>: ID<Account>] {
        guard !ids.isEmpty else { return [:] }
        let rows = try rows("SELECT id, owner_id FROM listing WHERE id IN \(list: ids)")
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id("id"), try $0.id("owner_id")) })
    }

    /// Whom these messages are for, of those that are there.
    package func owners(ofMessages ids: [ID<OutboxMessage>]) throws -> [ID<OutboxMessage>: ID<Account>] {
        guard !ids.isEmpty else { return [:] }
        let rows = try rows(
            """
            SELECT message.id AS id, owner_id FROM message JOIN channel ON channel.id = message.channel_id
             WHERE message.id IN \(list: ids)
            """
        )
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.id("id"), try $0.id("owner_id")) })
    }

    /// Keeps a message from being delivered until a person sends it again; false when it is not to be delivered any more.
    ///
    /// `why` is a sentence.
    package func refuse(_ id: ID<OutboxMessage>, why: String) throws -> Bool {
        try run(
            "UPDATE message SET state = 'refused', problem = \(why) WHERE id = \(id) AND state = 'pending'"
        ) > 0
    }
}
