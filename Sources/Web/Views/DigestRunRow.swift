import Model
import Monitoring

/// A report that was made, is being made or was left out.
struct DigestRunRow: Sendable, Hashable {
    /// Such as `By the clock`.
    let cause: String
    let at: TimeView
    let badge: BadgeView
    /// Such as `12 products, delivered on 2 of 2 channels`; nil while it is being made.
    let facts: String?
    let note: String?
    /// How far its products are checked; nil for one that does not wait for them.
    let progress: ProgressView?

    struct ProgressView: Sendable, Hashable {
        let listings: Int
        let checked: Int
        /// `34 of 120 checked`.
        let text: String
    }

    /// `progress` is that of the report that is being made.
    init(_ shown: DigestDetail.Run, progress: DigestDetail.Progress?, now: Timestamp) {
        let run = shown.run
        self.progress =
            run.state == .checking
            ? progress.flatMap { progress in
                guard progress.waiting > 0 else { return nil }
                let (listings, checked) = (progress.listings, progress.checked)
                let text = "\(CountText.grouped(checked)) of \(CountText.grouped(listings)) checked"
                return ProgressView(listings: listings, checked: checked, text: text)
            } : nil
        switch run.cause {
        case .scheduled: cause = "By the clock"
        case .asked: cause = "Asked for"
        case .test: cause = "Test"
        }
        at = TimeView(run.due, now: now)
        badge = Self.badge(shown)
        note = run.note
        if run.state == .written, let products = run.products, let messages = run.messages {
            let counted = products == 1 ? "1 product" : "\(CountText.grouped(products)) products"
            facts =
                messages == 0
                ? counted
                : "\(counted), delivered on \(shown.delivered) of \(messages) \(messages == 1 ? "channel" : "channels")"
        } else {
            facts = nil
        }
    }

    private static func badge(_ shown: DigestDetail.Run) -> BadgeView {
        switch shown.run.state {
        case .checking: BadgeView(text: "Checking the products", mood: "quiet")
        case .skipped: BadgeView(text: "Left out", mood: "doubt")
        case .written where shown.refused > 0: BadgeView(text: "Not delivered", mood: "bad")
        case .written where shown.run.messages == 0: BadgeView(text: "Went nowhere", mood: "doubt")
        case .written where shown.pending > 0: BadgeView(text: "On its way", mood: "quiet")
        case .written: BadgeView(text: "Delivered", mood: "good")
        }
    }
}
