package import Model

/// One value that one way of reading found, with where it stood.
///
/// A way of reading says what it found and how far that is to be trusted alone; what to believe is decided in one place,
/// the judge, over the candidates of all ways. A person sees path and text as the evidence.
package struct Candidate: Hashable, Sendable {
    /// What was read.
    package enum Value: Hashable, Sendable {
        /// What a shopper pays for one piece now.
        case price(Money)
        /// The crossed-out or recommended price.
        case listPrice(Money)
        /// A price whose amount or currency cannot be decided; never a guess, never 0.
        ///
        /// `why` is a sentence; `readings` are what it may mean: plain decimals, or currencies. Where there are none, the
        /// page shows the product and nothing on it is its price, such as “Available from these sellers”.
        case ambiguousPrice(why: String, readings: [String])
        /// Whether it can be bought.
        case availability(Availability)
        /// The product's name; one line.
        case title(String)
        /// An absolute http or https address.
        case image(String)
        /// Who sells, where the shop is a marketplace.
        case seller(String)
        /// What sending it costs.
        case shipping(Money)
    }

    /// What was read.
    package let value: Value
    /// The way of reading: `json-ld`, `microdata`, `open-graph`, `visible`, or a plugin's id.
    package let strategy: String
    /// Where in the page: a JSON path, a CSS path or a meta tag's name.
    package let path: String
    /// The text as it stood there; of a long one, the part that matters.
    package let text: String
    /// 0…1, how far this one is trusted alone.
    ///
    /// 0.9 and above: the shop's own data about this very product. Below 0.7: what merely looks like it.
    package let confidence: Double

    /// `confidence` is 0…1, before other candidates agree or contradict.
    package init(_ value: Value, strategy: String, path: String, text: String, confidence: Double) {
        self.value = value
        self.strategy = strategy
        self.path = path
        self.text = text
        self.confidence = confidence
    }
}
