/// One bend of a price's course.
package struct TrendPoint: Hashable, Sendable {
    package let at: Timestamp
    /// From then on; nil when it could not be bought.
    package let price: Money?

    package init(at: Timestamp, price: Money?) {
        self.at = at
        self.price = price
    }
}
