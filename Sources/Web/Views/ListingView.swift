import Model
import Monitoring

/// One shop's part of a product's page: `listing.mustache`.
struct ListingView: Sendable {
    /// Keeps ids of elements apart.
    let key: String
    /// `/products/…/listings/…`, where its forms are sent.
    let path: String
    let shop: String
    let address: String
    /// ` at shop.example` where the product has several shops; else empty.
    let `where`: String
    /// When checks happen, a sentence.
    let schedule: String
    let isPaused: Bool
    let isChecking: Bool
    /// nil while the last check went well.
    let trouble: TroubleView?
    let charts: [ChartView]
    let hasCharts: Bool
    /// What the chart shows, or why there is none.
    let chartWords: String
    let hasLegend: Bool
    let hasDoubtMarks: Bool
    let hasGaps: Bool
    let hasForeign: Bool
    let doubts: [DoubtView]
    let hasDoubts: Bool
    let evidence: [EvidenceRow]
    let hasEvidence: Bool
    let evidenceWords: String
    let runs: [RunRow]
    let hasRuns: Bool
    /// That there is more than shown, a sentence.
    let moreRuns: String?
    let checks: [CheckRow]
    let hasChecks: Bool
    let intervals: [ChoiceView]
    let window: WindowView

    private static let runsShown = 30

    init(
        _ detail: ListingDetail,
        detail product: ProductDetail,
        entry: ProductView.Entry,
        intervals range: ClosedRange<Duration>,
        now: Timestamp
    ) {
        let listing = detail.listing
        key = listing.id.text
        path = "/products/\(listing.product)/listings/\(listing.id)"
        shop = listing.address.site
        address = listing.address.text
        `where` = product.listings.count > 1 ? " at \(listing.address.site)" : ""
        isPaused = listing.isPaused
        isChecking = detail.isChecking
        schedule = Self.schedule(listing, now: now)
        trouble = TroubleView(detail, hasChannels: product.hasChannels, now: now)
        let target = product.rules.target?.price
        charts = [ChartDrawing.Shape.wide, .narrow].compactMap {
            ChartDrawing(detail.runs, target: target, shape: $0)?.view()
        }
        hasCharts = !charts.isEmpty
        hasDoubtMarks = charts.contains { !$0.doubts.isEmpty }
        hasGaps = charts.contains { !$0.gaps.isEmpty }
        hasForeign = charts.contains { !$0.foreign.isEmpty }
        hasLegend = hasDoubtMarks || hasGaps || hasForeign
        chartWords = Self.words(detail.runs, hasChart: !charts.isEmpty, now: now)
        doubts = detail.runs.filter { $0.standing != .accepted }.prefix(10).map { DoubtView($0, now: now) }
        hasDoubts = !doubts.isEmpty
        let shown = detail.runs.first { $0.standing == .accepted && !$0.evidence.isEmpty }
        evidence = (shown?.evidence ?? []).map(EvidenceRow.init)
        hasEvidence = !evidence.isEmpty
        evidenceWords = shown.map { Self.evidenceWords($0, now: now) } ?? ""
        let rows = RunRow.rows(detail.runs)
        runs = Array(rows.prefix(Self.runsShown))
        hasRuns = !runs.isEmpty
        moreRuns =
            rows.count > Self.runsShown
            ? "These are the newest \(Self.runsShown) of \(rows.count == 500 ? "more than 500" : "\(rows.count)")."
            : nil
        checks = detail.checks.map { CheckRow($0, now: now) }
        hasChecks = !checks.isEmpty
        intervals = ChoiceView.intervals(within: range, chosen: listing.interval)
        window = WindowView(listing, entry: entry.window, problem: entry.problem, zone: product.zone)
    }

    private static func schedule(_ listing: Listing, now: Timestamp) -> String {
        if listing.isPaused { return "Paused: the shop is looked at only when you ask for it." }
        let next =
            listing.due > now
            ? "The next check is \(TimeView.relative(from: listing.due, to: now))." : "The next check is due now."
        guard let window = listing.window else { return next }
        return "Checked every \(DurationText.interval(listing.interval)), \(window.text). \(next)"
    }

    private static func words(_ runs: [HistoryRun], hasChart: Bool, now: Timestamp) -> String {
        let believed = runs.filter { $0.standing == .accepted }
        guard hasChart, let first = believed.last, let newest = believed.first else {
            return "The chart begins with the first price that is read."
        }
        let checks = believed.reduce(0) { $0 + $1.checks }
        let span = "\(DurationText.counted(checks, "check")) since \(TimeView(first.from, now: now).day)"
        let course =
            believed.count == 1
            ? "the price has not moved" : "last change \(TimeView.relative(from: newest.from, to: now))"
        return "\(span), \(course)."
    }

    private static func evidenceWords(_ run: HistoryRun, now: Timestamp) -> String {
        guard let price = run.price else { return "What stood in the page when it was last read." }
        let source = run.strategy.map { " from \(ReadingText.strategy($0))" } ?? ""
        let sure = run.confidence > 0 ? ", \(SureText.sure(run.confidence))" : ""
        return "\(MoneyText.full(price)), read\(source)\(sure), first seen \(TimeView(run.from, now: now).day)."
    }
}

/// What went wrong with the last check.
struct TroubleView: Sendable, Hashable {
    let badge: String
    let happened: String
    let advice: String
    /// Since when, how often, and what the price was before, a sentence or two; nil after a first failure.
    let course: String?
    /// Whether the person was told, a sentence; nil where it is too early to say.
    let told: String?

    /// nil when the last check went well, or there was none.
    init?(_ detail: ListingDetail, hasChannels: Bool, now: Timestamp) {
        let listing = detail.listing
        guard let outcome = listing.lastOutcome, !outcome.isReading else { return nil }
        let words = OutcomeText(outcome)
        badge = words.badge
        // The note says the same more exactly.
        happened = listing.lastNote ?? words.happened
        // What was read before needs other advice than an address that never worked.
        advice =
            listing.current == nil ? words.advice : FailureWords(outcome, site: listing.address.site).advice
        course = Self.course(detail, now: now)
        switch listing.failing?.state {
        case .told?: told = "You were told\(listing.lastTold.map { " \(TimeView.relative(from: $0, to: now))" } ?? "")."
        case .failing? where !hasChannels && listing.failures > 1:
            told = "Nobody was told, because you have no channel to be told on."
        case nil, .failing?, .recovered?: told = nil
        }
    }

    private static func course(_ detail: ListingDetail, now: Timestamp) -> String? {
        let listing = detail.listing
        guard let failing = listing.failing, failing.isFailing, listing.failures > 1 else { return nil }
        let since = TimeView(failing.since, now: now)
        let failed = "\(DurationText.counted(listing.failures, "check")) in a row failed since \(since.readable)."
        let last = detail.runs.first { $0.standing == .accepted && $0.price != nil }
        guard let last, let price = last.price else { return failed }
        return "\(failed) The last price was \(MoneyText.full(price)), read \(TimeView(last.to, now: now).day)."
    }
}
