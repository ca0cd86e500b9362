package import Model

/// What another program watched, in this one's terms.
package struct ForeignProduct: Hashable, Sendable {
    package var name: String
    package var image: String?
    package var created: Timestamp?
    /// What its owner was told of; amounts in a currency that the program knew.
    package var alerts: [Rule.Kind]
    package var listings: [ForeignListing]

    package init(
        name: String,
        image: String? = nil,
        created: Timestamp? = nil,
        alerts: [Rule.Kind] = [],
        listings: [ForeignListing]
    ) {
        self.name = name
        self.image = image
        self.created = created
        self.alerts = alerts
        self.listings = listings
    }
}

extension Rule.Kind {
    /// nil for what is no whole number of percent from 1 to 99.
    static func drop(percent text: String) -> Rule.Kind? {
        guard let percent = Double(text).flatMap({ Int(exactly: $0) }), (1...99).contains(percent) else { return nil }
        return .dropPercent(percent)
    }
}

/// One address of a product, with what was seen there.
package struct ForeignListing: Hashable, Sendable {
    /// As the other program has it; whether it can be watched is asked later.
    package var address: String
    /// nil for this program's own.
    package var interval: Duration?
    package var isPaused: Bool
    /// Oldest first; two that follow one another differ.
    package var runs: [ForeignRun]
    package var checks: [ForeignCheck]

    package init(
        address: String,
        interval: Duration? = nil,
        isPaused: Bool = false,
        runs: [ForeignRun] = [],
        checks: [ForeignCheck] = []
    ) {
        self.address = address
        self.interval = interval
        self.isPaused = isPaused
        self.runs = runs
        self.checks = checks
    }
}

/// Equal observations after one another.
package struct ForeignRun: Hashable, Sendable {
    package let from: Timestamp
    package fileprivate(set) var to: Timestamp
    package fileprivate(set) var checks: Int
    package let price: Money?
    package let availability: Availability

    package init(at moment: Timestamp, price: Money?, availability: Availability) {
        (from, to, checks) = (moment, moment, 1)
        self.price = price
        self.availability = availability
    }
}

extension [ForeignRun] {
    /// Adds an observation that is not older than the last: to the last run if it is the same again.
    mutating func add(_ price: Money?, _ availability: Availability, at moment: Timestamp) {
        guard let last, last.price == price, last.availability == availability else {
            append(ForeignRun(at: moment, price: price, availability: availability))
            return
        }
        self[count - 1].to = Swift.max(last.to, moment)
        self[count - 1].checks += 1
    }
}

/// How one check of the other program ended.
package struct ForeignCheck: Hashable, Sendable {
    /// The other program's name for it.
    let id: String
    let at: Timestamp
    let isFine: Bool
    /// One line.
    let note: String?
}

/// Something of the other program that does not come over.
package struct NotMoved: Hashable, Sendable {
    /// What it is and what it is called: `price of “Lamp”`.
    package let what: String
    /// A sentence.
    package let reason: String

    package init(_ what: String, _ reason: String) {
        self.what = what
        self.reason = reason
    }
}

/// Everything that was found in another program's files or database.
package struct ForeignCatalog: Hashable, Sendable {
    /// What people call the program.
    package let program: String
    package var products: [ForeignProduct]
    package var notMoved: [NotMoved]

    package init(program: String, products: [ForeignProduct] = [], notMoved: [NotMoved] = []) {
        self.program = program
        self.products = products
        self.notMoved = notMoved
    }
}
