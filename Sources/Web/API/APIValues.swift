import Model
import Monitoring
import Operations

// How the things of the domain look as JSON; their schemas are in APISchemas.

extension JSON {
    init(_ moment: Timestamp?) { self = moment.map { .string($0.iso8601) } ?? .null }

    init(_ money: Money?) {
        self =
            money.map { money in
                [
                    "minor": .integer(money.minor),
                    "currency": .string(money.currency.code),
                    "text": .string(MoneyText.full(money)),
                ]
            } ?? .null
    }

    init(summary: ProductSummary) {
        self = .product(
            summary.product,
            best: summary.best,
            lowest: summary.lowest,
            rules: summary.rules,
            listings: summary.listings
        )
    }

    init(detail: ProductDetail) {
        self = .product(
            detail.product,
            best: detail.best,
            lowest: detail.lowest,
            rules: detail.rules,
            listings: detail.listings.map(\.listing)
        )
    }

    private static func product(
        _ product: Product,
        best: Best?,
        lowest: Money?,
        rules: [Rule],
        listings: [Listing]
    ) -> JSON {
        [
            "id": .string(product.id.text),
            "name": .string(product.name),
            "image": JSON(product.image),
            "created": JSON(product.created),
            "price": JSON(best?.price),
            "lowest": JSON(lowest),
            "target": rules.target.map { rule, price in
                [
                    "price": JSON(price),
                    "state": .string(rule.state.rawValue),
                    "since": JSON(rule.since),
                ]
            } ?? .null,
            "listings": .array(listings.map(JSON.init(listing:))),
        ]
    }

    init(listing: Listing) {
        self = [
            "id": .string(listing.id.text),
            "url": .string(listing.address.text),
            "shop": .string(listing.address.site),
            "intervalSeconds": .integer(Int(listing.interval.components.seconds)),
            "paused": .bool(listing.isPaused),
            "window": JSON(window: listing.window),
            "due": JSON(listing.due),
            "price": JSON(listing.current?.price),
            "listPrice": JSON(listing.current?.listPrice),
            "availability": .string((listing.current?.availability ?? .unknown).rawValue),
            "since": JSON(listing.current?.since),
            "lastCheck": JSON(listing.lastCheck),
            "lastOutcome": JSON(listing.lastOutcome?.rawValue),
            "note": JSON(listing.lastNote),
            "failures": .integer(listing.failures),
            "failing": JSON(failing: listing.failing),
        ]
    }

    /// null for at any time.
    init(window: WeeklyHours?) {
        self =
            window.map { window in
                [
                    "days": .array(window.days.words.map(JSON.string)),
                    "from": .string(TimeOfDay.text(window.from)),
                    "to": .string(TimeOfDay.text(window.to)),
                    "zone": .string(window.zone),
                ]
            } ?? .null
    }

    /// null for what can be read.
    init(failing: Failing?) {
        guard let failing, failing.isFailing else {
            self = .null
            return
        }
        self = [
            "since": JSON(failing.since),
            "outcome": .string(failing.outcome.rawValue),
            "told": .bool(failing.state == .told),
        ]
    }

    init(shop: FailingShop) {
        self = [
            "shop": .string(shop.site),
            "outcome": .string(shop.outcome.rawValue),
            "since": JSON(shop.since),
            "failing": .integer(shop.failing),
            "watched": .integer(shop.watched),
        ]
    }

    init(run: HistoryRun) {
        self = [
            "listing": .string(run.listing.text),
            "from": JSON(run.from),
            "to": JSON(run.to),
            "checks": .integer(run.checks),
            "price": JSON(run.price),
            "listPrice": JSON(run.listPrice),
            "availability": .string(run.availability.rawValue),
            "standing": .string(run.standing.rawValue),
            "doubt": JSON(run.doubt),
            "strategy": JSON(run.strategy),
            "confidence": .number(run.confidence),
            "evidence": .array(run.evidence.map(JSON.init(evidence:))),
        ]
    }

    init(evidence: Evidence) {
        self = [
            "field": .string(evidence.field.rawValue),
            "value": JSON(evidence.value),
            "text": .string(evidence.text),
            "strategy": .string(evidence.strategy),
            "path": .string(evidence.path),
            "confidence": .number(evidence.confidence),
        ]
    }

    init(check: CheckRecord) {
        self = [
            "job": .string(check.job),
            "listing": .string(check.listing.text),
            "at": JSON(check.at),
            "milliseconds": .integer(check.took.wholeMilliseconds),
            "outcome": .string(check.outcome.rawValue),
            "status": JSON(check.status),
            "price": JSON(check.price),
            "standing": JSON(check.standing?.rawValue),
            "note": JSON(check.note),
        ]
    }

    init(preview: Preview) {
        let reading = preview.reading
        self = [
            "id": .string(preview.id.text),
            "url": .string(preview.address.text),
            "finalUrl": .string(preview.answered),
            "status": JSON(preview.status),
            "milliseconds": .integer(preview.took.wholeMilliseconds),
            "created": JSON(preview.created),
            "outcome": .string(reading.outcome.rawValue),
            "title": JSON(reading.title),
            "price": JSON(reading.price),
            "listPrice": JSON(reading.listPrice),
            "availability": .string(reading.availability.rawValue),
            "image": JSON(reading.image),
            "strategy": JSON(reading.strategy),
            "confidence": .number(reading.confidence),
            "note": JSON(reading.note),
            "evidence": .array(reading.evidence.map(JSON.init(evidence:))),
        ]
    }
}
