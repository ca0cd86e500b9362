import Model
import PluginAPI
import SQL
import Store

/// Puts together what an account's report says.
struct ReportComposer: Sendable {
    let zones: ZoneSource
    /// Where people reach the pages; nil leaves the links out.
    let publicURL: String?

    /// How many products are named: more is nothing that a person reads, and a mail of megabytes.
    static let mostItems = 200
    /// How many products are read at once: of many, or of long histories, only some are in memory.
    private static let batch = 100
    /// What prices are compared with before the first report.
    private static let firstSpan: Duration = .days(1)

    /// The clock that a report's times are told by.
    ///
    /// A zone that was there when it was chosen and cannot be read any more counts as UTC: times that are an hour off are
    /// better than no report.
    func zone(_ name: String) -> Zone { (try? zones(name)) ?? .utc }

    /// Of all products that have a listing that is not paused; names those that matter most.
    func report(for owner: ID<Account>, zone: Zone, now: Timestamp, on connection: any Connection) throws
        -> Message.Report
    {
        let since = try connection.lastReport(of: owner) ?? (now - Self.firstSpan)
        var (items, totals) = ([Message.Report.Item](), Message.Report.Totals())
        // A day on which nothing was watched yet would be a false one.
        let first = try connection.products(of: owner, after: nil, limit: 1).first?.created
        let compared = min(max(since, first ?? since), now)
        var hasNewer = false
        var last: Product?
        repeat {
            let products = try connection.products(of: owner, after: last, limit: Self.batch)
            let found = try self.items(of: products, since: since, zone: zone, now: now, on: connection)
            for item in found.map(\.item) { totals.count(item) }
            hasNewer = hasNewer || found.contains { $0.item.change ?? 0 != 0 && $0.firstSeen ?? since > compared }
            items = Array((items + found.map(\.item)).sorted(by: Self.comesFirst).prefix(Self.mostItems))
            last = products.count == Self.batch ? products.last : nil
        } while last != nil
        return Message.Report(
            items: items,
            totals: totals,
            day: now.longDayText(in: zone),
            since: since,
            sinceText: compared.shortText(in: zone),
            hasNewer: hasNewer,
            doubts: try connection.countDoubts(of: owner, limit: 1000),
            doubtsLink: publicURL.map { "\($0)/alerts" }
        )
    }

    private func items(
        of products: [Product],
        since: Timestamp,
        zone: Zone,
        now: Timestamp,
        on connection: any Connection
    ) throws -> [(item: Message.Report.Item, firstSeen: Timestamp?)] {
        let listings = try connection.activeListings(of: products.map(\.id))
        let shown = products.compactMap { product in listings[product.id].map { (product, Self.shown($0)) } }
        let points = try connection.acceptedPrices(
            of: shown.map(\.1.id),
            since: now - .days(Trend.spans.max() ?? 0)
        )
        return shown.map { product, listing in
            let trend = listing.current?.price.map { price in
                Trend(
                    TrendPoint.course(points[listing.id] ?? []),
                    currency: price.currency,
                    since: since,
                    now: now
                )
            }
            return (item(product, listing, trend, zone: zone), points[listing.id]?.first?.from)
        }
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
            link: publicURL.map { "\($0)/products/\(product.id)" },
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
