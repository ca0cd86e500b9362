import Model
import PluginAPI
import SQL
import Store

/// What is told about one piece of news.
struct FailureReport: Sendable {
    private let key: String
    /// How the keys begin of all that is ever told about the same listing or shop.
    private let subjectKeys: [String]
    private let kind: Message.Kind
    private let subject: String
    private let lines: [String]
    private let link: String?
    private let failure: Message.Failure
    private let now: Timestamp

    /// More would make a mail that nobody reads to its end.
    private static let mostListings = 10

    init(_ news: FailureNews, on connection: any Connection, publicURL: String?, now: Timestamp) throws {
        self.now = now
        switch news {
        case .listing(let listing), .listingRecovered(let listing):
            link = publicURL.map { "\($0)/products/\(listing.product)" }
            subjectKeys = ["failing.\(listing.id).", "recovered.\(listing.id)."]
        case .site(let site, _, _), .siteRecovered(let site, _):
            link = publicURL.map { "\($0)/" }
            subjectKeys = ["site.\(site.id)."]
        }
        switch news {
        case .listing(let listing):
            let part = try connection.part(listing)
            let failing = listing.failing ?? Failing(since: now, outcome: .noPrice)
            let words = FailureWords(failing.outcome, site: listing.address.site)
            kind = .failing
            key = "failing.\(listing.id).\(failing.since.milliseconds)"
            subject = "\(part.title) can’t be checked: \(words.reason)"
            lines =
                [
                    "\(Self.counted(listing.failures, "check")) in a row failed since \(failing.since.minuteText):"
                        + " \(words.reason)."
                ] + (listing.lastNote.map { ["Note of the last check: \($0)"] } ?? []) + [
                    Self.lastPrice(part), words.advice, Self.ending,
                ]
            failure = Message.Failure([part], of: [listing], site: listing.address.site, failing: 1, watched: 1)
        case .listingRecovered(let listing):
            let part = try connection.part(listing)
            kind = .recovered
            key = "recovered.\(listing.id).\((listing.failing?.since ?? now).milliseconds)"
            subject = "\(part.title) can be checked again"
            lines = [
                "Its page at \(listing.address.site) could not be read since"
                    + " \((listing.failing?.since ?? now).minuteText). It can be read again.",
                Self.state(of: listing),
            ]
            failure = Message.Failure([], of: [listing], site: listing.address.site, failing: 0, watched: 1)
        case .site(let site, let listings, let watched):
            let parts = try listings.prefix(Self.mostListings).map(connection.part)
            let failure = Message.Failure(
                parts,
                of: listings,
                site: site.site.isEmpty ? nil : site.site,
                failing: listings.count,
                watched: watched
            )
            let words = FailureWords(Outcome(rawValue: failure.outcome) ?? .unreachable, site: failure.site)
            kind = .failing
            key = "site.\(site.id).\(site.tellings)"
            let share = "\(listings.count) of \(Self.counted(watched, "product"))"
            let begin =
                failure.site == nil
                ? "\(Set(listings.map(\.address.site)).count) shops give no answer" : words.headline
            subject = "\(begin): \(share) can’t be checked"
            lines =
                [
                    "\(begin). \(share) you watch\(failure.site == nil ? "" : " there") can’t be checked, the first since"
                        + " \(failure.since.minuteText)."
                ] + (listings.first?.lastNote.map { ["Note of the last check: \($0)"] } ?? []) + [
                    failure.site == nil
                        ? "So many shops at once are hardly down: see whether the computer that runs your price monitor is online."
                        : words.advice,
                    "This one message stands for all of them. \(Self.ending)",
                ]
            self.failure = failure
        case .siteRecovered(let site, let failing):
            let place = site.site.isEmpty ? "The shops" : site.site
            kind = .recovered
            key = "site.\(site.id).\(site.tellings)"
            subject = "\(place) can be checked again"
            lines = [
                "Since \(site.since.minuteText) products there could not be checked. They can be read again.",
                failing.isEmpty ? "" : "Still failing: \(Self.counted(failing.count, "product")).",
            ].filter { !$0.isEmpty }
            failure = Message.Failure(
                try failing.prefix(Self.mostListings).map(connection.part),
                of: failing,
                site: site.site.isEmpty ? nil : site.site,
                failing: failing.count,
                watched: max(failing.count, 1),
                since: site.since
            )
        }
    }

    /// Writes the message for one channel; gives its ID.
    ///
    /// What was told before and has not arrived is taken back: a channel that works again must not end with older news.
    func write(to channel: Channel, on connection: any Connection) throws -> ID<OutboxMessage> {
        for prefix in subjectKeys {
            try connection.withdrawMessages(on: channel.id, keyPrefix: prefix, why: Self.tooLate, at: now)
        }
        let message = try self.message(for: channel)
        try connection.insert(message)
        return message.id
    }

    private static let tooLate = "It was not sent: by then a newer message told how it stands."

    /// The message for one channel.
    ///
    /// Its key names the episode and the channel, so that one beginning or end can't become two messages on one channel.
    private func message(for channel: Channel) throws -> OutboxMessage {
        let key = "\(key).\(channel.id)"
        let message = Message(
            idempotencyKey: key,
            kind: kind,
            subject: subject,
            lines: lines,
            why: Message.Failure.why,
            link: link,
            product: nil,
            failure: failure,
            created: now
        )
        return OutboxMessage(
            id: .make(at: now),
            channel: channel.id,
            idempotencyKey: key,
            subject: subject,
            content: try MessageContent.encode(message),
            created: now
        )
    }

    private static let ending =
        "The checks go on, less often the longer it lasts, and you are told when it works again."

    private static func lastPrice(_ part: Message.Failure.Listing) -> String {
        guard let price = part.price, let read = part.priceRead else { return "No price was ever read there." }
        return "The last price was \(price.displayText), read \(read.minuteText)."
    }

    private static func state(of listing: Listing) -> String {
        guard let current = listing.current else { return "" }
        guard let price = current.payable else { return "It cannot be bought there now." }
        return "It costs \(price.displayText) now."
    }

    private static func counted(_ count: Int, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }
}

extension Message.Failure {
    /// The outcome is the most frequent one of `listings`.
    fileprivate init(
        _ parts: [Listing],
        of listings: [Model.Listing],
        site: String?,
        failing: Int,
        watched: Int,
        since: Timestamp? = nil
    ) {
        let first = listings.compactMap { $0.failing?.since }.min()
        self.init(
            site: site,
            outcome: (listings.commonestFailure ?? .unreachable).rawValue,
            since: since ?? first ?? Timestamp(milliseconds: 0),
            failing: failing,
            watched: watched,
            listings: parts
        )
    }
}

extension Connection {
    fileprivate func part(_ listing: Listing) throws -> Message.Failure.Listing {
        let last = try lastPrice(of: listing.id)
        return Message.Failure.Listing(
            title: try product(listing.product)?.name ?? listing.address.text,
            url: listing.address.text,
            price: last?.price,
            priceRead: last?.to
        )
    }
}
