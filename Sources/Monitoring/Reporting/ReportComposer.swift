import Model
import PluginAPI
import SQL
import Store

/// Puts together what an account's report says.
struct ReportComposer: Sendable {
    let zones: ZoneSource
    /// Where people reach the pages; nil leaves the links out.
    let publicURL: String?

    /// How many listings' histories are read at once: of a long history only some are in memory.
    private static let batch = 100
    /// What prices are compared with before the first report.
    private static let firstSpan: Duration = .days(1)

    /// The clock that a report's times are told by.
    ///
    /// A zone that was there when it was chosen and cannot be read any more counts as UTC: times that are an hour off are
    /// better than no report.
    func zone(_ name: String) -> Zone { (try? zones(name)) ?? .utc }

    /// Of all products that have a listing that is not paused.
    func report(for owner: ID<Account>, zone: Zone, now: Timestamp, on connection: any Connection) throws
        -> Message.Report
    {
        let since = try connection.lastReport(of: owner) ?? (now - Self.firstSpan)
        let products = try connection.products(of: owner)
        let shown = Dictionary(grouping: try connection.activeListings(of: owner), by: \.product)
            .compactMap { id, listings in products[id].map { (product: $0, listing: Self.shown(listings)) } }
        var items: [Message.Report.Item] = []
        items.reserveCapacity(shown.count)
        for start in stride(from: 0, to: shown.count, by: Self.batch) {
            let part = shown[start..<min(start + Self.batch, shown.count)]
            let points = try connection.acceptedPrices(
                of: part.map(\.listing.id),
                since: now - .days(Trend.spans.max() ?? 0)
            )
            for (product, listing) in part {
                let trend = listing.current?.price.map { price in
                    Trend(
                        TrendPoint.course(points[listing.id] ?? []),
                        currency: price.currency,
                        since: since,
                        now: now
                    )
                }
                items.append(item(product, listing, trend, zone: zone))
            }
        }
        return Message.Report(
            items: items.sorted(by: Self.comesFirst),
            day: now.longDayText(in: zone),
            since: since,
            sinceText: since.shortText(in: zone)
        )
    }

    /// Where it is cheapest; of products that can't be bought, the listing that was added first and has a price.
    private static func shown(_ listings: [Listing]) -> Listing {
        let best = Best(listings)?.listing
        return listings.first { $0.id == best } ?? listings.first { $0.current?.price != nil } ?? listings[0]
    }

    private func item(_ product: Product, _ listing: Listing, _ trend: Trend?, zone: Zone) -> Message.Report.Item {
        let failing = listing.failing.flatMap { $0.isFailing ? $0.since : nil }
        return Message.Report.Item(
            title: product.name,
            url: listing.address.text,
            link: home.map { "\($0)/products/\(product.id)" },
            site: listing.address.site,
            image: product.image,
            price: listing.current?.price,
            before: listing.current?.payable == nil ? nil : trend?.before,
            averages: trend?.averages ?? [],
            course: trend?.course ?? [],
            availability: listing.current?.availability ?? .unknown,
            checked: listing.lastCheck,
            checkedText: listing.lastCheck?.shortText(in: zone),
            failing: failing,
            failingText: failing?.shortText(in: zone)
        )
    }

    /// Without a slash at its end.
    var home: String? { publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 } }

    /// What moved most first; then what fails, and then by name.
    private static func comesFirst(_ left: Message.Report.Item, _ right: Message.Report.Item) -> Bool {
        let moved = (abs(left.change ?? 0), abs(right.change ?? 0))
        if moved.0 != moved.1 { return moved.0 > moved.1 }
        if (left.failing == nil) != (right.failing == nil) { return left.failing != nil }
        return (left.title.lowercased(), left.url) < (right.title.lowercased(), right.url)
    }
}

extension TrendPoint {
    /// `points` are oldest first.
    fileprivate static func course(_ points: [PricePoint]) -> [TrendPoint] {
        points.map { TrendPoint(at: $0.from, price: $0.availability.canBeBought == false ? nil : $0.price) }
    }
}
