import Model
import Testing

struct ListingTests {
    @Test(
        arguments: [
            (Availability.inStock, true), (.limited, true), (.preorder, true), (.backorder, true), (.unknown, nil),
            (.outOfStock, false), (.discontinued, false),
        ] as [(Availability, Bool?)]
    )
    func `a price can be paid unless the shop says it cannot`(availability: Availability, canBeBought: Bool?) throws {
        let price = Money(minor: 1999, currency: try #require(Currency(code: "EUR")))
        let current = Listing.Current(
            price: price,
            listPrice: nil,
            availability: availability,
            since: Timestamp(milliseconds: 0)
        )
        #expect(availability.canBeBought == canBeBought)
        #expect(current.payable == (canBeBought == false ? nil : price))
    }

    @Test func `evidence keeps at most 200 characters of a page`() {
        let evidence = Evidence(
            field: .price,
            strategy: "visible",
            path: "p",
            text: String(repeating: "é", count: 500),
            value: nil,
            confidence: 0.5
        )
        #expect(evidence.text.count == 200)
    }
}
