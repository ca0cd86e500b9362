import Model
import Monitoring
import TestSupport
import Testing

/// A product that is sold in several shops.
@Suite struct ShopsTests {
    private static let other = "https://other.test/lamp"

    @Test func `the cheapest of several shops counts, and the product goes on without one that is removed`()
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.show(price: "44.90")
            let preview = try await house.monitoring.watching.preview(Self.other, as: watched.actor)
            let listing = try await house.monitoring.watching.addListing(
                preview.id,
                interval: nil,
                to: watched.product,
                as: watched.actor
            )
            var detail = try await house.detail(watched)
            #expect(detail.listings.count == 2)
            #expect(detail.best?.listing == listing)
            #expect(detail.best?.price == euro(4490))
            #expect(detail.listings.last?.runs.first?.standing == .accepted)
            try await house.monitoring.watching.removeListing(listing, as: watched.actor)
            detail = try await house.detail(watched)
            #expect(detail.best?.price == euro(4990))
            #expect(detail.listings.map(\.listing.id) == [watched.listing])
        }
    }

    @Test func `a shop that is added without a preview is checked at once, and tells the product's alerts`()
        async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", target: "45")
            let listing = try await house.monitoring.watching.addListing(
                Self.other,
                interval: .hours(2),
                to: watched.product,
                as: watched.actor
            )
            house.shop.show(price: "39.90")
            try await house.check(after: .seconds(1))
            let detail = try await house.monitoring.watching.listing(listing, as: watched.actor)
            #expect(detail.listing.current?.price == euro(3990))
            #expect(try await house.detail(watched).rules.map(\.state) == [.fired])
        }
    }

    @Test func `the only shop of a product is not removed`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            do {
                try await house.monitoring.watching.removeListing(watched.listing, as: watched.actor)
                Issue.record("It was removed.")
            } catch RequestError.conflict(let sentence, _) {
                #expect(sentence == "It is the product's only shop. Remove the product instead.")
            }
        }
    }

    @Test func `an address that is watched is no further shop, and what belongs to another is not found`() async throws
    {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            let watching = house.monitoring.watching
            do {
                _ = try await watching.addListing(Shop.address, interval: nil, to: watched.product, as: watched.actor)
                Issue.record("It was added.")
            } catch RequestError.conflict(_, let existing) {
                #expect(existing == watched.product.text)
            }
            let stranger = try await house.person("eve")
            await #expect(throws: RequestError.notFound("There is no such product.")) {
                try await watching.addListing(Self.other, interval: nil, to: watched.product, as: stranger)
            }
            await #expect(throws: RequestError.notFound("There is no such listing.")) {
                try await watching.removeListing(watched.listing, as: stranger)
            }
            #expect(try await house.detail(watched).listings.count == 1)
        }
    }
}
