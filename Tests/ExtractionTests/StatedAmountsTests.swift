import Model
import Testing

@testable import Extraction

/// Amounts that scripts and data attributes give beside what is seen.
@Suite struct StatedAmountsTests {
    private static let price = "<p class=price>19,99 €</p><button>In den Warenkorb</button>"

    private static func confidence(_ addition: String, body: String = price) throws -> Double {
        let reading = try Shop.read(Shop.lamp(body + addition))
        try #require(reading.price?.description == "19.99 EUR")
        return reading.confidence
    }

    @Test(arguments: [
        "<script>dataLayer.push({\"ecommerce\": {\"items\": [{\"price\": 19.99}]}})</script>",
        "<script>window.state = '{\\\"finalPrice\\\":\\\"19.99\\\"}'</script>",
        "<script>var product_price = '19,99';</script>", "<script>{\"price\":1999}</script>",
        "<div data-price=\"19.99\"></div>",
    ])
    func `an amount that scripts give too is surer`(addition: String) throws {
        #expect(try Self.confidence(addition) > Self.confidence(""))
    }

    @Test(arguments: [
        "<script>{\"oldPrice\": 19.99}</script>", "<script>{\"minPrice\": 19.99}</script>",
        "<script>{\"price\": 24.99}</script>", "<script>{\"price\": \"19.99/06\"}</script>",
        "<script>{\"rice\": 19.99}</script>", "<script>if (price == 19.99) {}</script>",
        "<div data-old-price=19.99></div>",
        "<p>{\"price\": 19.99}</p>",
    ])
    func `another amount, or one that is not said to be the price, changes nothing`(addition: String) throws {
        #expect(try Self.confidence(addition) == Self.confidence(""))
    }

    @Test func `one of many amounts says less than one of few`() throws {
        let others = (1...9).map { "{\"price\": \($0).50}," }.joined()
        let one = try Self.confidence("<script>[{\"price\": 19.99}]</script>")
        let many = try Self.confidence("<script>[\(others){\"price\": 19.99}]</script>")
        #expect(try Self.confidence("") < many)
        #expect(many < one)
    }

    /// The old price stands in the scripts of many shops, the new one in fewer.
    @Test func `scripts do not decide which of two prices it is`() throws {
        let two = "<p class='price old-price'>29,99 €</p>" + Self.price
        #expect(try Self.confidence("<script>{\"price\": 29.99}</script>", body: two) <= Self.confidence("", body: two))
    }
}
