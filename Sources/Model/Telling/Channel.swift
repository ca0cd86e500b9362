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
    /// How messages about a price are worded.
    package var wording: Wording
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
        wording: Wording = Wording(),
        created: Timestamp,
        problem: String? = nil,
        lastDelivery: Timestamp? = nil
    ) {
        self.id = id
        self.owner = owner
        self.plugin = plugin
        self.name = name
        self.options = options
        self.wording = wording
        self.created = created
        self.problem = problem
        self.lastDelivery = lastDelivery
    }

    /// Texts with placeholders, such as `{{product}}`, that a person wrote in place of ours; empty for ours.
    package struct Wording: Hashable, Sendable {
        package var subject: String
        /// Lines end in a line feed.
        package var text: String

        package init(subject: String = "", text: String = "") {
            self.subject = subject
            self.text = text
        }
    }
}
