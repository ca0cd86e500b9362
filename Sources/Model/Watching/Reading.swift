/// What one look at a page gave, before anyone decided whether to believe it.
package struct Reading: Hashable, Sendable, Codable {
    package var outcome: Outcome
    /// One line, never empty.
    package var title: String?
    /// What a shopper would pay for one piece now.
    ///
    /// Nil unless the outcome is `ok` or `outOfStock`.
    package var price: Money?
    /// The text the price was read from: `$19.99`.
    package var priceText: String?
    /// The crossed-out or recommended price beside it.
    package var listPrice: Money?
    package var listPriceText: String?
    package var availability: Availability
    /// An absolute http or https address.
    package var image: String?
    package var seller: String?
    package var shipping: Money?
    /// The way the price was read, as in `Evidence.strategy`.
    package var strategy: String?
    /// 0…1, how far the price is trusted; 0 without a price.
    package var confidence: Double
    package var evidence: [Evidence]
    /// A sentence for a person where the outcome needs one: which prices contradict each other, who blocks.
    package var note: String?

    package init(
        outcome: Outcome,
        title: String? = nil,
        price: Money? = nil,
        priceText: String? = nil,
        listPrice: Money? = nil,
        listPriceText: String? = nil,
        availability: Availability = .unknown,
        image: String? = nil,
        seller: String? = nil,
        shipping: Money? = nil,
        strategy: String? = nil,
        confidence: Double = 0,
        evidence: [Evidence] = [],
        note: String? = nil
    ) {
        self.outcome = outcome
        self.title = title
        self.price = price
        self.priceText = priceText
        self.listPrice = listPrice
        self.listPriceText = listPriceText
        self.availability = availability
        self.image = image
        self.seller = seller
        self.shipping = shipping
        self.strategy = strategy
        self.confidence = confidence
        self.evidence = evidence
        self.note = note
    }
}
