/// Why the program believes one value it read: where it stood and what stood there.
package struct Evidence: Hashable, Sendable, Codable {
    /// What the evidence is for.
    package enum Field: String, Sendable, Codable, CaseIterable {
        case price, listPrice, availability, title, image, shipping, seller
    }

    package let field: Field
    /// The way of reading: `json-ld`, `microdata`, `open-graph`, `visible`, or a plugin's id.
    package let strategy: String
    /// Where in the page: a JSON path (`$.offers[0].price`), a CSS path, or a meta tag's name.
    package let path: String
    /// The text as it stood there, at most 200 characters.
    package let text: String
    /// What it was read as: `1299.00 EUR`, `inStock`; nil where it could not be read.
    package let value: String?
    /// 0…1, how far this piece alone is trusted.
    package let confidence: Double

    package init(field: Field, strategy: String, path: String, text: String, value: String?, confidence: Double) {
        self.field = field
        self.strategy = strategy
        self.path = path
        self.text = String(text.prefix(200))
        self.value = value
        self.confidence = confidence
    }
}
