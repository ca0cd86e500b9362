/// One product at one shop: an address that is looked at again and again.
package struct Listing: Hashable, Sendable {
    package let id: ID<Listing>
    package let product: ID<Product>
    package let owner: ID<Account>
    package let address: WebAddress
    /// The time between two checks.
    package var interval: Duration
    /// A paused listing is not checked.
    package var isPaused: Bool
    /// When it may be checked; nil for at any time.
    package var window: WeeklyHours?
    /// When the next check is due.
    package var due: Timestamp
    package let created: Timestamp
    /// What is believed now; nil until something was.
    package var current: Current?
    /// How the last check ended; nil before the first.
    package var lastOutcome: Outcome?
    package var lastCheck: Timestamp?
    /// A sentence about the last check, where it needs one.
    package var lastNote: String?
    /// Checks in a row that told nothing about the price.
    package var failures: Int
    /// Those checks, and whether anybody was told of them; nil while there is nothing to tell.
    package var failing: Failing?
    /// When it was last told that this listing fails.
    package var lastTold: Timestamp?
    /// What the shop said to make the next request a conditional one.
    package var validators: Validators
    /// The strategy that a person saw in the preview and agreed to.
    package var confirmedStrategy: String?
    /// How far its price may move in one step before it is doubted, as a person's answers taught it; nil for the standard.
    package var tolerance: Double?

    /// The last believed state of a listing.
    package struct Current: Hashable, Sendable {
        /// nil when the shop shows no price while it is out of stock.
        package var price: Money?
        package var listPrice: Money?
        package var availability: Availability
        /// Since when it is like this.
        package var since: Timestamp

        package init(price: Money?, listPrice: Money?, availability: Availability, since: Timestamp) {
            self.price = price
            self.listPrice = listPrice
            self.availability = availability
            self.since = since
        }

        /// The price, unless the shop says it can't be bought.
        package var payable: Money? { availability.canBeBought == false ? nil : price }
    }

    /// Whether what was believed of it last says something about now: it is not paused, and its page is not gone.
    ///
    /// A page that is not found once may be there again at the next look.
    package var isAlive: Bool { !isPaused && !isGone }

    /// Whether its page was not there when it was last looked for, three times in a row.
    package var isGone: Bool {
        switch lastOutcome {
        case .gone, .notFound: failures >= 3
        default: false
        }
    }

    /// What tells that the page is the one that was read last: `ETag` and `Last-Modified` of the last whole answer, and
    /// its bytes.
    package struct Validators: Hashable, Sendable {
        package var etag: String?
        package var lastModified: String?
        /// Stands for the bytes, how they came, and the program that read them; nil where they are read in any case.
        package var digest: String?

        package init(etag: String? = nil, lastModified: String? = nil, digest: String? = nil) {
            self.etag = etag
            self.lastModified = lastModified
            self.digest = digest
        }
    }

    package init(
        id: ID<Listing>,
        product: ID<Product>,
        owner: ID<Account>,
        address: WebAddress,
        interval: Duration,
        isPaused: Bool = false,
        window: WeeklyHours? = nil,
        due: Timestamp,
        created: Timestamp,
        current: Current? = nil,
        lastOutcome: Outcome? = nil,
        lastCheck: Timestamp? = nil,
        lastNote: String? = nil,
        failures: Int = 0,
        failing: Failing? = nil,
        lastTold: Timestamp? = nil,
        validators: Validators = Validators(),
        confirmedStrategy: String? = nil,
        tolerance: Double? = nil
    ) {
        self.id = id
        self.product = product
        self.owner = owner
        self.address = address
        self.interval = interval
        self.isPaused = isPaused
        self.window = window
        self.due = due
        self.created = created
        self.current = current
        self.lastOutcome = lastOutcome
        self.lastCheck = lastCheck
        self.lastNote = lastNote
        self.failures = failures
        self.failing = failing
        self.lastTold = lastTold
        self.validators = validators
        self.confirmedStrategy = confirmedStrategy
        self.tolerance = tolerance
    }
}
