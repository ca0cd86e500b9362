/// How a check ended.
///
/// Exactly one per check.
package enum Outcome: String, Sendable, Codable, CaseIterable {
    /// A price was read and the product can be bought.
    case ok
    /// The product is there but cannot be bought; a price may have been read.
    case outOfStock
    /// The shop answered that nothing changed (304, or the same bytes).
    case unchanged
    /// The shop refused to show the page to a program.
    case blocked
    /// The shop asked for proof of being human.
    case captcha
    case notFound
    case gone
    case timeout
    case unreachable
    case tooLarge
    /// The answer is not a page: an image, a PDF, a file.
    case notAPage
    /// A product page that shows no price.
    case noPrice
    /// A page with many products.
    case listing
    /// A page about something that is not for sale.
    case notAProduct
    /// Only a script shell: the content comes by JavaScript.
    case needsBrowser
    /// Prices were found, but which one, or what one means, cannot be decided.
    case ambiguous
    /// Refused by our own policy: private address, robots rule, site breaker.
    case refused

    /// Whether the listing's state could be seen: a price or its absence from stock is known.
    package var isReading: Bool { self == .ok || self == .outOfStock || self == .unchanged }
}
