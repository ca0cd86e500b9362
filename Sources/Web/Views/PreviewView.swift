import Model
import Monitoring

/// What was read and why, before it is saved: `preview.mustache`.
struct PreviewView: Sendable {
    let frame: PageFrame
    let formToken: String
    let action: String
    /// The product that gets another shop; nil for a new one.
    let joined: JoinedProduct?
    /// Where the next address is pasted.
    let again: String
    let shop: String
    let address: String
    /// The address that answered, where it is another one.
    let redirected: String?
    let status: String
    let took: String
    let name: String
    let image: String?
    let initial: String
    let price: String?
    let listPrice: String?
    let availability: String
    let sure: String?
    let sureLevel: String
    let source: String?
    let badge: BadgeView
    let happened: String
    let advice: String
    /// What the reader noted about this page.
    let remark: String?
    /// Why the price is not simply believed, a sentence.
    let doubt: String?
    /// Whether watching this page makes sense.
    let canSave: Bool
    let cannotSave: Bool
    let evidence: [EvidenceRow]
    let hasEvidence: Bool
    let intervals: [ChoiceView]
    let currency: String?
    let target: String
    let nameProblem: String?
    let targetProblem: String?
    let problem: String?
    let existing: String?
}

extension PreviewView {
    /// What the person typed so far and what was wrong with it.
    struct Entry: Sendable {
        var name: String?
        var target = ""
        var interval: Duration
        var problem: RequestError?
    }

    init(
        _ preview: Preview,
        joined: JoinedProduct? = nil,
        entry: Entry,
        intervals: ClosedRange<Duration>,
        frame: PageFrame,
        formToken: String
    ) {
        let reading = preview.reading
        let words = OutcomeText(reading.outcome)
        let isRead = reading.outcome.isReading
        self.frame = frame
        self.formToken = formToken
        action = "/products/previews/\(preview.id)"
        self.joined = joined
        again = "/products/new" + (joined.map { "?product=\($0.id)" } ?? "")
        shop = preview.address.site
        address = preview.address.text
        redirected = preview.answered == preview.address.text ? nil : preview.answered
        status = preview.status.map { "answered \($0)" } ?? "no answer"
        took = DurationText.took(preview.took)
        name = entry.name ?? reading.title ?? (isRead ? preview.address.site : preview.address.text)
        image = reading.image.flatMap(PictureAddress.shown)
        initial = PictureAddress.initial(of: reading.title ?? preview.address.site)
        price = reading.price.map(MoneyText.full)
        listPrice = reading.listPrice.map(MoneyText.full)
        availability = ReadingText.availability(reading.availability)
        sure = reading.price == nil ? nil : SureText.sure(reading.confidence)
        sureLevel = SureText.level(reading.confidence)
        source = reading.price == nil ? nil : reading.strategy.map(ReadingText.strategy)
        badge = BadgeView(text: words.badge, mood: words.mood)
        happened = words.happened
        advice = words.advice
        remark = reading.note
        doubt =
            reading.price != nil && reading.confidence < 0.5
            ? "The price is not certain. Compare it with the page before you save it; by saving, you confirm this way"
                + " of reading it." : nil
        canSave = isRead || reading.outcome == .outOfStock
        cannotSave = !canSave
        evidence = reading.evidence.map(EvidenceRow.init)
        hasEvidence = !reading.evidence.isEmpty
        self.intervals = ChoiceView.intervals(within: intervals, chosen: entry.interval)
        currency = reading.price?.currency.code
        target = entry.target
        nameProblem = entry.problem?.sentence(for: "name")
        targetProblem = entry.problem?.sentence(for: "target")
        problem = entry.problem?.sentence(besides: ["name", "target"])
        existing = entry.problem?.existing.map { "/products/\($0)" }
    }
}
