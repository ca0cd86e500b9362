import Model
import Monitoring

/// The list of products: `products.mustache`, with `paste.mustache` while it is empty.
struct ProductsView: Sendable {
    let frame: PageFrame
    let formToken: String
    /// Whether nothing is watched at all.
    let isEmpty: Bool
    /// nil where the list is so short that nobody needs to look for something in it.
    let paging: ListPaging?
    /// What stands in the place of a page on which there is nothing.
    let nothing: String?
    /// Such as `12 products, 2 at their target price`.
    let summary: String
    /// Shops at which several products fail.
    let failing: [FailingShopRow]
    /// That messages do not arrive; nil while they do.
    let undelivered: UndeliveredView?
    /// That prices wait for a word, a sentence; nil where none does.
    let doubts: String?
    let products: [ProductRow]
    /// For the form of the empty state.
    let address = ""
    let joined: JoinedProduct? = nil
    let problem: String? = nil

    init(
        _ list: ProductList,
        failing: [FailingShop] = [],
        doubts: Int = 0,
        broken: [String] = [],
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        self.frame = frame
        self.formToken = formToken
        isEmpty = list.total == 0
        let isWhole = list.selection.search.isEmpty && list.selection.filter == nil
        paging = list.total > Self.short || !isWhole ? ListPaging(list) : nil
        nothing = list.products.isEmpty ? "No product fits. Try another word, or show all of them." : nil
        undelivered = UndeliveredView(broken)
        let reached = list.atTarget
        let count = "\(CountText.grouped(list.total)) product\(list.total == 1 ? "" : "s")"
        summary =
            reached == 0
            ? count : "\(count), \(CountText.grouped(reached)) at \(reached == 1 ? "its" : "their") target price"
        self.doubts =
            doubts == 0
            ? nil
            : doubts == 1
                ? "A price looks wrong and waits for your word."
                : "\(doubts >= 100 ? "100 or more" : "\(doubts)") prices look wrong and wait for your word."
        self.failing = failing.map { FailingShopRow($0, now: now) }
        products = list.products.map { ProductRow($0, now: now) }
    }

    /// So many products are seen at a glance.
    private static let short = 10
}

/// A product as the list shows it.
struct ProductRow: Sendable {
    let path: String
    let name: String
    let image: String?
    let initial: String
    let shop: String
    let price: String?
    /// What stands in the price's place.
    let noPrice: String
    let change: ChangeView?
    let lowest: String?
    let target: String?
    let course: SparklineView?
    let lastCheck: TimeView?
    let badge: BadgeView?
    /// Such as `since 23 Nov 2026`; nil while the last check went well, and after a first failure.
    let since: String?

    init(_ summary: ProductSummary, now: Timestamp) {
        let listing = summary.listings.first { $0.id == summary.best?.listing } ?? summary.listings.first
        path = "/products/\(summary.product.id)"
        name = summary.product.name
        image = summary.product.image.flatMap(PictureAddress.shown)
        initial = PictureAddress.initial(of: summary.product.name)
        shop = listing?.address.site ?? ""
        price = summary.best.map { MoneyText.full($0.price) }
        noPrice = StateText.noPrice(listing)
        change = summary.best == nil ? nil : ChangeView(summary.change)
        lowest = summary.lowest.map(MoneyText.full)
        target = summary.rules.target.map { MoneyText.full($0.price) }
        course = SparklineView(summary.trend)
        lastCheck = summary.listings.compactMap(\.lastCheck).max().map { TimeView($0, now: now) }
        badge = listing.flatMap { StateText.badge($0, rules: summary.rules) }
        since = listing.flatMap { StateText.failing($0, now: now) }
    }
}
