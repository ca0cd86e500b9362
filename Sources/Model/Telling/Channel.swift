/// A configured notifier: mail to me, a webhook.
package struct Channel: Hashable, Sendable {
    package let id: ID<Channel>
    package let owner: ID<Account>
    /// The notifier plugin's id.
    package let plugin: String
    /// What the person calls it, 1…100 characters.
    package var name: String
    /// The plugin's options as they were set; may hold secrets.
    package var options: [String: String]
    package let created: Timestamp
    /// Why the last message could not be delivered; nil when it was, or none was sent yet.
    package var problem: String?
    package var lastDelivery: Timestamp?

    package init(
        id: ID<Channel>,
        owner: ID<Account>,
        plugin: String,
        name: String,
        options: [String: String],
        created: Timestamp,
        problem: String? = nil,
        lastDelivery: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.plugin = plugin
        self.name = name
        self.options = options
        self.created = created
        self.problem = problem
        self.lastDelivery = lastDelivery
    }
}
