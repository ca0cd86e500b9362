import Model
import Monitoring

/// A product's own page: `product.mustache` with `listing.mustache`, `chart.mustache` and `evidence.mustache`.
struct ProductView: Sendable {
    let frame: PageFrame
    let formToken: String
    let id: String
    /// `/products/…`, where its forms are sent.
    let path: String
    let name: String
    let image: String?
    let initial: String
    let price: String?
    let listPrice: String?
    /// What stands in the price's place.
    let noPrice: String
    let change: ChangeView?
    let badge: BadgeView?
    /// Such as `In stock at shop.example, checked 3 minutes ago`.
    let situation: String
    let facts: [FactView]
    let hasFacts: Bool
    let target: TargetView
    let alerts: [AlertRow]
    let hasAlerts: Bool
    let alertForm: AlertFormView
    /// The shops beside each other, the one that counts first; empty while there is one only.
    let shops: [ShopRow]
    let hasShops: Bool
    let listings: [ListingView]
    let nameEntry: String
    let nameProblem: String?

    /// What the person typed and what was wrong with it.
    struct Entry: Sendable {
        var name: String?
        var target: String?
        var window: WindowView.Entry?
        var alert: AlertEntry?
        var problem: RequestError?
    }

    init(
        _ detail: ProductDetail,
        entry: Entry,
        intervals: ClosedRange<Duration>,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        let best = detail.listings.first { $0.listing.id == detail.best?.listing } ?? detail.listings.first
        self.frame = frame
        self.formToken = formToken
        id = detail.product.id.text
        path = "/products/\(detail.product.id)"
        name = detail.product.name
        image = detail.product.image.flatMap(PictureAddress.shown)
        initial = PictureAddress.initial(of: detail.product.name)
        price = detail.best.map { MoneyText.full($0.price) }
        listPrice = detail.best == nil ? nil : best?.listing.current?.listPrice.map(MoneyText.full)
        noPrice = StateText.noPrice(best?.listing)
        let steps = RunRow.rows(best?.runs ?? [])
        change = detail.best == nil ? nil : steps.first { $0.isBelieved }?.change
        badge = best.flatMap { StateText.badge($0.listing, rules: detail.rules) }
        situation = best.map { Self.situation($0.listing, now: now) } ?? ""
        facts = FactView.facts(detail, best: best, now: now)
        hasFacts = !facts.isEmpty
        target = TargetView(detail, entry: entry, now: now)
        alerts = detail.rules.map { AlertRow($0, product: nil, currency: detail.best?.price.currency, now: now) }
        hasAlerts = !alerts.isEmpty
        alertForm = AlertFormView(product: detail.product.id, entry: entry.alert, problem: entry.problem)
        listings = detail.listings.map { ListingView($0, detail: detail, entry: entry, intervals: intervals, now: now) }
        shops = ShopRow.rows(detail, now: now)
        hasShops = !shops.isEmpty
        nameEntry = entry.name ?? detail.product.name
        nameProblem = entry.problem?.sentence(for: "name")
    }

    private static func situation(_ listing: Listing, now: Timestamp) -> String {
        let stock: String
        switch listing.current?.availability {
        case nil, .unknown?: stock = "At"
        case .some(let availability): stock = "\(ReadingText.availability(availability)) at"
        }
        guard let last = listing.lastCheck else { return "\(stock) \(listing.address.site), not checked yet" }
        return "\(stock) \(listing.address.site), checked \(TimeView.relative(from: last, to: now))"
    }
}

/// A number with a name: the lowest price, the next check.
struct FactView: Sendable, Hashable {
    let label: String
    let value: String
    let detail: String?

    static func facts(_ detail: ProductDetail, best: ListingDetail?, now: Timestamp) -> [FactView] {
        var facts: [FactView] = []
        let believed = (best?.runs ?? []).filter { $0.standing == .accepted && $0.availability.canBeBought != false }
        func when(_ price: Money) -> String? {
            believed.last { $0.price == price }.map { run in
                price == detail.best?.price ? "now" : TimeView(run.from, now: now).day
            }
        }
        if let lowest = detail.lowest {
            facts.append(FactView(label: "Lowest", value: MoneyText.full(lowest), detail: when(lowest)))
        }
        if let highest = detail.highest {
            facts.append(FactView(label: "Highest", value: MoneyText.full(highest), detail: when(highest)))
        }
        if let since = best?.listing.current?.since {
            let view = TimeView(since, now: now)
            facts.append(FactView(label: "Like this since", value: view.day, detail: view.relative))
        }
        if let listing = best?.listing {
            let next =
                listing.isPaused
                ? "paused" : listing.due <= now ? "due now" : TimeView.relative(from: listing.due, to: now)
            facts.append(
                FactView(label: "Next check", value: next, detail: "every \(DurationText.interval(listing.interval))")
            )
        }
        return facts
    }
}
