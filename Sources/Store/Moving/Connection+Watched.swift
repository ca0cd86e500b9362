package import Model
package import SQL

extension Connection {
    /// Which of these addresses the owner watches.
    package func watched(of addresses: [String], by owner: ID<Account>) throws -> Set<String> {
        guard !addresses.isEmpty else { return [] }
        let found = try rows("SELECT url FROM listing WHERE owner_id = \(owner) AND url IN \(list: addresses)")
        return Set(try found.map { try $0.text("url") })
    }
}
