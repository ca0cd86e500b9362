import Logging
import Model
import Monitoring
import Queue
import SQL
import Store
import TestSupport
import Testing

/// Jobs as programs of the original system add them.
struct ForeignJobTests {
    private static func perform(_ house: House, _ name: JobName, _ payload: String) async -> (JobEnd, JobNotes) {
        let job = Job(
            id: "foreign-1",
            name: name,
            payload: payload,
            attempt: 1,
            attempts: 1,
            added: house.clock.now,
            lease: "lease"
        )
        let notes = JobNotes()
        return (await house.monitoring.jobs.perform(job, notes: notes), notes)
    }

    @Test func `a refresh reads the whole page, takes its picture and leaves the name alone`() async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90", channel: false)
            house.shop.show(price: "49.90", etag: "\"1\"")
            try await house.check()
            try await house.database.transaction { connection in
                try connection.renameProduct(watched.product, to: "My lamp")
                try connection.describeProduct(
                    watched.product,
                    nameInsteadOf: Shop.address,
                    name: nil,
                    image: "https://shop.test/old.png",
                    replacesImage: true
                )
            }
            // Nothing on the page has changed, which a plain check is content with.
            try await house.check()
            #expect(house.shop.requests.last?.headers["If-None-Match"] == "\"1\"")
            #expect(try await house.detail(watched).product.image == "https://shop.test/old.png")

            let (end, notes) = await Self.perform(house, "update-product-info", #"{"url":"\#(Shop.address)"}"#)
            #expect(end == .finished)
            #expect(notes.skipped == nil)
            #expect(house.shop.requests.last?.headers["If-None-Match"] == nil)
            let product = try await house.detail(watched).product
            #expect(product.image == "https://shop.test/lamp.png")
            #expect(product.name == "My lamp")
        }
    }

    @Test(arguments: ["check-price", "update-product-info"] as [JobName])
    func `a job that names nothing is given up, and one about what nobody watches says so`(name: JobName) async throws {
        try await House.with { house in
            let (end, _) = await Self.perform(house, name, "{}")
            #expect(end == .giveUp(why: "The payload of \(name) names no “url”, “listingId” or “productId”."))
            let (other, notes) = await Self.perform(house, name, #"{"url":"https://shop.test/nobody"}"#)
            #expect(other == .finished)
            #expect(notes.skipped == "Nothing watches this address.")
            #expect(notes.metadata["outcome"] == "skipped")
        }
    }
}
