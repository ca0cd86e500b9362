package import Model

/// One page of a list of products.
package struct ProductList: Hashable, Sendable {
    package let selection: ProductSelection
    package let products: [ProductSummary]
    /// The place of the first of them in the whole list, from 1; 0 for an empty page.
    package let first: Int
    /// How many products are selected; where there are very many, only how many at least.
    package let count: Int
    /// Whether `count` is the whole number.
    package let isCounted: Bool
    /// How many products the account has at all, and how many of them reached their target price.
    package let total: Int
    package let atTarget: Int
    /// What to ask for the page after this one with; nil on the last.
    package let next: String?
    /// What to ask for the page before this one with; nil on the first.
    package let previous: String?

    package init(
        selection: ProductSelection = ProductSelection(),
        products: [ProductSummary],
        first: Int,
        count: Int,
        isCounted: Bool = true,
        total: Int,
        atTarget: Int,
        next: String? = nil,
        previous: String? = nil
    ) {
        self.selection = selection
        self.products = products
        self.first = first
        self.count = count
        self.isCounted = isCounted
        self.total = total
        self.atTarget = atTarget
        self.next = next
        self.previous = previous
    }
}
