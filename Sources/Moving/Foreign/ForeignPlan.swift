import Model

/// What of another program comes over, and what does not.
package struct ForeignPlan: Hashable, Sendable {
    package let program: String
    /// Only with addresses that can be watched and are not yet.
    package let products: [PlannedProduct]
    package let notMoved: [NotMoved]

    package var listings: Int { products.reduce(0) { $0 + $1.listings.count } }
    package var runs: Int { products.reduce(0) { $0 + $1.listings.reduce(0) { $0 + $1.runs.count } } }
    package var checks: Int { products.reduce(0) { $0 + $1.listings.reduce(0) { $0 + $1.checks.count } } }
    /// When the oldest run of the history began.
    var firstRun: Timestamp? { products.lazy.flatMap(\.listings).compactMap { $0.runs.first?.from }.min() }
    package var alerts: Int { products.reduce(0) { $0 + $1.product.alerts.count } }

    init(_ catalog: ForeignCatalog, watched: Set<String>, intervals: ClosedRange<Duration>) {
        program = catalog.program
        var (taken, notMoved) = (watched, catalog.notMoved)
        products = catalog.products.compactMap { product in
            let listings = product.listings.compactMap { listing -> PlannedListing? in
                let address: WebAddress
                do {
                    address = try WebAddress(listing.address)
                } catch {
                    notMoved.append(NotMoved("address of “\(product.title)”", "\(error)"))
                    return nil
                }
                guard taken.insert(address.text).inserted else {
                    let isOld = watched.contains(address.text)
                    notMoved.append(
                        NotMoved(
                            "\(address.text.prefix(200))",
                            isOld ? "It is watched already." : "It stands there more than once; the first comes over."
                        )
                    )
                    return nil
                }
                return PlannedListing(listing, address, intervals)
            }
            guard !listings.isEmpty else {
                if product.listings.isEmpty {
                    notMoved.append(NotMoved("product “\(product.title)”", "It has no address."))
                }
                return nil
            }
            return PlannedProduct(product: product, listings: listings)
        }
        self.notMoved = notMoved
    }
}

package struct PlannedProduct: Hashable, Sendable {
    let product: ForeignProduct
    let listings: [PlannedListing]

    /// One line of 1 to 300 characters; the first shop's name where the other program had none.
    var name: String {
        let line = product.name.split(whereSeparator: \.isNewline).joined(separator: " ").trimmingWhitespace()
        return line.isEmpty ? String(listings.first?.address.text.prefix(300) ?? "") : String(line.prefix(300))
    }

    /// Only an address that a page can show.
    var image: String? { product.image.flatMap { try? WebAddress($0).text } }
}

struct PlannedListing: Hashable, Sendable {
    let address: WebAddress
    /// Within what can be chosen; nil for the standard one.
    let interval: Duration?
    let isPaused: Bool
    let runs: [ForeignRun]
    let checks: [ForeignCheck]

    init(_ listing: ForeignListing, _ address: WebAddress, _ intervals: ClosedRange<Duration>) {
        self.address = address
        interval = listing.interval.map { min(max($0, intervals.lowerBound), intervals.upperBound) }
        (isPaused, runs, checks) = (listing.isPaused, listing.runs, listing.checks)
    }
}

extension ForeignProduct {
    /// What it is called where it is named to a person.
    var title: String { name.isEmpty ? String(listings.first?.address.prefix(80) ?? "?") : String(name.prefix(80)) }
}
