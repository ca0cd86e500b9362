package import Model

/// Sends messages to one channel.
///
/// It formats and classifies the answer; the queue retries.
package protocol Notifier: Plugin {
    /// Delivers one message; returns once the receiver has taken it.
    ///
    /// Throws `NotNow` when a later attempt may work, `Refused` when none will until a person changes something, and
    /// lets `CancellationError` pass; anything else counts as `NotNow`. Makes one attempt and never waits. The same
    /// message comes again after a failure, and once more after it was delivered where the process died before that was
    /// written down: every attempt must be the same to the receiver and carry `idempotencyKey`, where it has a place.
    func send(_ message: Message) async throws

    /// Whether the service has a place for `idempotencyKey`; where it has none, the README's limits say what follows.
    static var carriesKey: Bool { get }

    /// Whether it sends through the mail server of this installation, and nothing where there is none.
    static var usesMailServer: Bool { get }
}

extension Notifier {
    /// Most have a service of their own.
    package static var usesMailServer: Bool { false }

    /// Most services have one.
    package static var carriesKey: Bool { true }
}

/// Something to tell a person, in the forms that channels need.
package struct Message: Hashable, Sendable, Codable {
    /// The same for every attempt to deliver this message: a receiver may drop a second copy by it.
    ///
    /// Characters of an id and dots only, so it can stand in a header.
    package private(set) var idempotencyKey: String
    /// What happened, as a machine reads it.
    package let kind: Kind
    /// All that happened at once; nil in one that an earlier version wrote.
    private let allReasons: [Kind]?
    /// All that happened at once, `kind` first.
    package var reasons: [Kind] { allReasons ?? [kind] }
    /// One line: `Desk lamp is €39.00, below your €40.00`.
    package private(set) var subject: String
    /// Plain sentences, one per line; may be empty, and may quote what shops write.
    package private(set) var lines: [String]
    /// Why the reader gets it, one sentence: `You asked to be told when …`; nil where the notifier has its own words.
    package let why: String?
    /// Where to read more, an absolute address: the product's page in this installation, if it has a public address.
    package let link: String?
    /// The product whose price it tells; nil for a test message, and for one about failing checks or a doubted price.
    package let product: Product?
    /// What fails, or can be read again; nil for a message about anything else.
    package let failure: Failure?
    /// All products and how their prices moved; nil for anything but a digest.
    package let report: Report?
    /// When it was written.
    package let created: Timestamp
    /// When this attempt to deliver it is made; the host sets it before each `send`, it is not stored.
    ///
    /// Only for what a receiver compares with its own clock, such as a signature's time: everything else of a message
    /// must be the same in every attempt. nil counts as `created`.
    package var attempted: Timestamp?

    /// What happened.
    package enum Kind: String, Hashable, Sendable, Codable {
        /// The price is at or below the target a person set.
        case targetPrice = "target-price"
        /// The price fell by as much as a person asked to be told of.
        case priceDrop = "price-drop"
        /// The price is the lowest in as many days as a person asked for, or ever.
        case lowestPrice = "lowest-price"
        /// It can be bought again.
        case backInStock = "back-in-stock"
        /// The price changed, up or down.
        case priceChange = "price-change"
        /// A price is doubted, and only a person can say whether it is right.
        case doubt
        /// The report of all products, by the clock or because a person asked for it.
        case digest
        /// Checks fail for so long that a person should know.
        case failing
        /// What was told to fail can be read again.
        case recovered
        /// A person pressed “send a test”.
        case test
    }

    /// What a message is about.
    package struct Product: Hashable, Sendable, Codable {
        /// The product's name as the person sees it.
        package let title: String
        /// The shop's page.
        package let url: String
        /// The shop's host name without `www.`.
        package let site: String
        /// An absolute address of a picture.
        package let image: String?
        /// What it costs now.
        package let price: Money
        /// What it cost before, if that is known.
        package let previous: Money?
        /// What the person asked for, where the message is about a target price.
        package let target: Money?
        /// When the shop's page was last read and said so; nil in what an earlier version wrote.
        package let read: Timestamp?
        /// The same for people, by the clock of the reader's zone: `1 Dec 2026, 09:10 (Europe/Berlin)`.
        package let readText: String?
        /// Why this price is believed, one sentence.
        package let evidence: String

        /// Each value as its property says.
        package init(
            title: String,
            url: String,
            site: String,
            image: String?,
            price: Money,
            previous: Money?,
            target: Money?,
            read: Timestamp?,
            readText: String?,
            evidence: String
        ) {
            self.title = title
            self.url = url
            self.site = site
            self.image = image
            self.price = price
            self.previous = previous
            self.target = target
            self.read = read
            self.readText = readText
            self.evidence = evidence
        }
    }

    /// What fails, or can be read again.
    package struct Failure: Hashable, Sendable, Codable {
        /// The shop's host name without `www.`; nil for most of a person's shops at once.
        package let site: String?
        /// How most of the last checks ended, such as `blocked`; for what can be read again, how they ended before.
        package let outcome: String
        /// When the first check failed.
        package let since: Timestamp
        /// How many products fail now.
        package let failing: Int
        /// How many products are watched there.
        package let watched: Int
        /// The products, at most 10 of them; for what can be read again, at most 10 of those that still fail.
        package let listings: [Listing]

        /// Why a person is told, one sentence.
        package static let why =
            "Your price monitor tells you when it can’t see the price of what you watch, and when it can again."

        /// One product at one shop.
        package struct Listing: Hashable, Sendable, Codable {
            /// The product's name as the person sees it.
            package let title: String
            /// The shop's page.
            package let url: String
            /// The last price that was believed; nil where there never was one.
            package let price: Money?
            /// When that price was last read.
            package let priceRead: Timestamp?

            /// Each value as its property says.
            package init(title: String, url: String, price: Money?, priceRead: Timestamp?) {
                self.title = title
                self.url = url
                self.price = price
                self.priceRead = priceRead
            }
        }

        /// Each value as its property says.
        package init(
            site: String?,
            outcome: String,
            since: Timestamp,
            failing: Int,
            watched: Int,
            listings: [Listing]
        ) {
            self.site = site
            self.outcome = outcome
            self.since = since
            self.failing = failing
            self.watched = watched
            self.listings = listings
        }
    }

    /// The same message in other words.
    package func saying(subject: String, lines: [String]) -> Message {
        var message = self
        message.subject = subject
        message.lines = lines
        return message
    }

    /// The same message for another receiver, who must not take it for a copy.
    package func keyed(_ key: String) -> Message {
        var message = self
        message.idempotencyKey = key
        return message
    }

    /// Each value as its property says.
    package init(
        idempotencyKey: String,
        kind: Kind,
        reasons: [Kind]? = nil,
        subject: String,
        lines: [String],
        why: String? = nil,
        link: String?,
        product: Product?,
        failure: Failure? = nil,
        report: Report? = nil,
        created: Timestamp
    ) {
        self.idempotencyKey = idempotencyKey
        self.kind = kind
        allReasons = reasons.map { all in
            all.enumerated().filter { all.firstIndex(of: $1) == $0 }.map(\.element)
        }
        self.subject = subject
        self.lines = lines
        self.why = why
        self.link = link
        self.product = product
        self.failure = failure
        self.report = report
        self.created = created
    }
}

/// A later attempt may work: the server is busy, unreachable or over its limit.
package struct NotNow: Error, Hashable, CustomStringConvertible {
    /// A sentence without secrets.
    package let description: String
    /// How long the server asked to be left alone, counted from the attempt; nil where it said nothing.
    package let retryAfter: Duration?

    /// `description` is a sentence without secrets.
    package init(_ description: String, retryAfter: Duration? = nil) {
        self.description = description
        self.retryAfter = retryAfter
    }
}

/// No attempt will work until a person changes something: the address is wrong, the token was revoked.
package struct Refused: Error, Hashable, CustomStringConvertible {
    /// A sentence without secrets.
    package let description: String

    /// `description` is a sentence without secrets.
    package init(_ description: String) {
        self.description = description
    }
}
