import Model
import Monitoring
import Testing

@testable import Web

@Suite struct FailingShopRowTests {
    @Test(arguments: [
        (Outcome.noPrice, "No prices can be found on pages at shop.test."),
        (.blocked, "shop.test refuses to show its pages to a program."),
    ])
    func `begins as a sentence does, and leaves a host name as it is`(outcome: Outcome, headline: String) {
        let shop = FailingShop(
            site: "shop.test",
            outcome: outcome,
            since: Samples.now - .days(3),
            failing: 2,
            watched: 2
        )
        #expect(FailingShopRow(shop, now: Samples.now).headline == headline)
    }
}
