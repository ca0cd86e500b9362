import Extraction
import Model
import Testing

@testable import Monitoring

/// A check that asked before another one read the page, and is recorded after it.
@Suite struct OvertakenTests {
    @Test(arguments: [false, true])
    func `“unchanged” counts for the page that was known when it was asked for`(isOvertaken: Bool) async throws {
        try await House.with { house in
            let watched = try await house.watched(price: "49.90")
            house.shop.show(price: "45.00", etag: "\"v2\"")
            try await house.check()
            let known = try await house.detail(watched).listings[0].listing.validators
            #expect(known.etag == "\"v2\"")
            let old = Listing.Validators(etag: "\"v1\"", digest: "old")
            let asked = isOvertaken ? old : known
            let looked = Looked(
                reading: Reading(outcome: .unchanged),
                status: 304,
                finalURL: Shop.address,
                took: .zero,
                validators: asked,
                asked: asked
            )
            let recorder = house.monitoring.scheduling.record
            _ = try await recorder.record(looked, of: watched.listing, job: "late")
            let listing = try await house.detail(watched).listings[0]
            #expect(listing.runs[0].checks == (isOvertaken ? 1 : 2))
            #expect(listing.listing.validators == (isOvertaken ? Listing.Validators() : known))
        }
    }
}
