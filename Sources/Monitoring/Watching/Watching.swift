import Model
import Queue
import SQL
import Store

/// What people do with products: preview, add, look at, change, remove.
///
/// Every use case takes who asks.
package struct Watching: Sendable {
    let database: any Database
    let queue: any Queue
    let look: PageLook
    let record: CheckRecorder
    let times: OpeningTimes
    let zones: ZoneSource
    /// The zone of those who never chose one.
    let homeZone: String
    let settings: MonitoringSettings
    /// The clock that the scheduler goes by.
    let dueClock: @Sendable (any Connection) throws -> Timestamp
    let now: @Sendable () -> Timestamp

    /// The intervals that can be chosen.
    package var intervals: ClosedRange<Duration> { settings.intervals }
    /// The interval of a listing for which nobody chose one.
    package var standardInterval: Duration { settings.standardInterval }

    static let noProduct = RequestError.notFound("There is no such product.")
    static let noListing = RequestError.notFound("There is no such listing.")
    static let noPreview = RequestError.notFound(
        "This preview is not there any more; previews are kept for a day. Add the address again."
    )

    /// An address that the actor does not watch yet.
    func newAddress(_ text: String, as actor: Actor) async throws -> WebAddress {
        let address: WebAddress
        do {
            address = try WebAddress(text)
        } catch {
            throw RequestError.invalid(field: "address", error.description)
        }
        if let existing = try await database.read({ try $0.listing(of: actor.account, url: address.text) }) {
            throw RequestError.conflict("You watch this address already.", existing: existing.product.text)
        }
        return address
    }

    func checked(name: String) throws(RequestError) -> String {
        let name = name.trimmingWhitespace()
        guard (1...300).contains(name.count), !name.contains(where: \.isNewline) else {
            throw .invalid(field: "name", "The name must be one line of 1 to 300 characters.")
        }
        return name
    }

    func checked(interval: Duration?) throws(RequestError) -> Duration {
        guard let interval else { return settings.standardInterval }
        guard intervals.contains(interval) else {
            let (least, most) = (intervals.lowerBound.components.seconds, intervals.upperBound.components.seconds)
            throw .invalid(
                field: "interval",
                "The interval must be between \(least) and \(most) seconds, not \(interval.components.seconds)."
            )
        }
        return interval
    }
}

extension Connection {
    /// Throws unless the product is there and the actor's.
    func product(_ id: ID<Product>, of actor: Actor) throws -> Product {
        guard let product = try product(id), product.owner == actor.account else { throw Watching.noProduct }
        return product
    }

    /// Throws unless the listing is there and the actor's.
    func listing(_ id: ID<Listing>, of actor: Actor) throws -> Listing {
        guard let listing = try listing(id), listing.owner == actor.account else { throw Watching.noListing }
        return listing
    }
}
