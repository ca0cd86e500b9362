import FoundationEssentials
import Model
import Queue

/// The payload of a `check-price` job, as the original system writes it.
struct CheckJob: Hashable, Sendable, Codable {
    var url: String?
    var productId: String?
    var listingId: String?
    /// ISO 8601.
    var triggeredAt: String?
    /// The web request that asked for the check; nil for those of the scheduler.
    var requestId: String?
    /// Whether nobody asked for it but the clock, so that it keeps to the listing's check times.
    var scheduled: Bool?

    init(
        listing: ID<Listing>,
        product: ID<Product>,
        url: String,
        triggered: Timestamp,
        request: String? = nil,
        isScheduled: Bool
    ) {
        self.url = url
        productId = product.text
        listingId = listing.text
        triggeredAt = triggered.iso8601
        requestId = request
        scheduled = isScheduled ? true : nil
    }

    /// Throws when `payload` is not such an object.
    init(payload: String) throws {
        self = try JSONDecoder().decode(CheckJob.self, from: Data(payload.utf8))
    }

    /// Longer than the wait for a turn at a shop that wants half a minute between two requests and has every worker
    /// waiting: only what would never end is cut short.
    private static let deadline: Duration = .minutes(30)

    /// Scheduled checks give way to those that a person waits for.
    func new(id: String, isUrgent: Bool) throws -> NewJob {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let payload = String(decoding: try encoder.encode(self), as: UTF8.self)
        return NewJob(
            id: id,
            name: .checkPrice,
            payload: payload,
            priority: isUrgent ? 0 : 10,
            attempts: 3,
            backoff: Backoff(base: .seconds(5), limit: .hours(1), jitterPercent: 20),
            deadline: Self.deadline
        )
    }
}
