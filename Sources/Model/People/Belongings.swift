/// How much belongs to an account.
package struct Belongings: Hashable, Sendable {
    package let products: Int
    package let channels: Int
    package let tokens: Int

    package init(products: Int, channels: Int, tokens: Int) {
        self.products = products
        self.channels = channels
        self.tokens = tokens
    }
}
