import Model
import Monitoring

/// That a shop's pages fail, above the list of products.
struct FailingShopRow: Sendable, Hashable {
    /// What is wrong, a sentence.
    let headline: String
    /// How many products it concerns and since when, a sentence.
    let sentence: String
    let advice: String

    init(_ shop: FailingShop, now: Timestamp) {
        let words = FailureWords(shop.outcome, site: shop.site)
        headline = "\(words.headline)."
        let since = TimeView(shop.since, now: now)
        let share = "\(shop.failing) of \(DurationText.counted(shop.watched, "product"))"
        sentence = "\(share) there could not be checked, the first since \(since.day) (\(since.relative))."
        advice = words.advice
    }
}
