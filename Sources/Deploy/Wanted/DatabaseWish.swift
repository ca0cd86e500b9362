/// One database of an environment; its password is generated.
package struct DatabaseWish: Hashable, Sendable {
    /// `postgres:15-alpine`.
    package var image: String
    /// The most that it may take, as Docker writes it: `1g`.
    package var memory: String

    package init(image: String, memory: String) {
        self.image = image
        self.memory = memory
    }

    package static let postgres = DatabaseWish(image: "postgres:15-alpine", memory: "1g")
    package static let redis = DatabaseWish(image: "redis:7-alpine", memory: "256m")
}
