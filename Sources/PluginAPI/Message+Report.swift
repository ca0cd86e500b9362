package import Model

extension Message {
    /// What all products come to, and those that matter most with what they cost and how that moved.
    package struct Report: Hashable, Sendable, Codable {
        /// What moved most since the last report first, then what can't be checked; a few hundred at most.
        package let items: [Item]
        /// What all products come to; nil where `items` are all of them.
        private let totals: Totals?
        /// The day, by the clock of the reader's zone: `30 November 2026`.
        package let day: String
        /// The moment that prices are compared with: that of the last report, or a day ago.
        package let since: Timestamp
        /// The same for people, by the clock of the reader's zone: `29 Nov, 09:00`.
        package let sinceText: String
        /// What is said of changes since then where some products were first seen later; nil where none was.
        private let newerText: String?
        /// How many prices wait for the reader's word; nil in what an earlier version wrote.
        private let doubtsCount: Int?
        /// Where the reader can say it, if this installation has a public address.
        package let doubtsLink: String?

        /// One product where it is cheapest.
        package struct Item: Hashable, Sendable, Codable {
            /// The product's name as the person sees it.
            package let title: String
            /// The shop's page.
            package let url: String
            /// The product's page in this installation, if it has a public address.
            package let link: String?
            /// The shop's host name without `www.`.
            package let site: String
            /// An absolute address of a picture.
            package let image: String?
            /// The last believed price; nil where there never was one.
            package let price: Money?
            /// What it cost at `Report.since`; nil where that is not known.
            package let before: Money?
            /// What it cost on average over 7, 30, 90 and 180 days; empty without a price.
            package let averages: [Trend.Average]
            /// Prices at moments evenly apart, oldest first, the last one now: minor units, nil where there was none.
            package let course: [Int?]
            /// Whether it can be bought.
            package let availability: Availability
            /// When it was looked at last; nil before the first time.
            package let checked: Timestamp?
            /// The same for people, by the clock of the reader's zone: `30 Nov, 08:58`.
            package let checkedText: String?
            /// Since when its checks fail; nil when they do not.
            package let failing: Timestamp?
            /// The same for people: `28 Nov, 17:02`.
            package let failingText: String?

            /// Each value as its property says.
            package init(
                title: String,
                url: String,
                link: String?,
                site: String,
                image: String?,
                price: Money?,
                before: Money?,
                averages: [Trend.Average],
                course: [Int?],
                availability: Availability,
                checked: Timestamp?,
                checkedText: String?,
                failing: Timestamp?,
                failingText: String?
            ) {
                self.title = title
                self.url = url
                self.link = link
                self.site = site
                self.image = image
                self.price = price
                self.before = before
                self.averages = averages
                self.course = course
                self.availability = availability
                self.checked = checked
                self.checkedText = checkedText
                self.failing = failing
                self.failingText = failingText
            }

            /// How far the price is from what it was at `Report.since`, as a fraction: −0.1 is 10 % cheaper; nil where
            /// there is nothing to compare.
            package var change: Double? { price?.change(from: before) }
        }

        /// Each value as its property says.
        package init(
            items: [Item],
            totals: Totals? = nil,
            day: String,
            since: Timestamp,
            sinceText: String,
            hasNewer: Bool = false,
            doubts: Int = 0,
            doubtsLink: String? = nil
        ) {
            self.items = items
            self.totals = totals
            self.day = day
            self.since = since
            self.sinceText = sinceText
            newerText = hasNewer ? "What was first seen later is compared with its first price." : nil
            doubtsCount = doubts
            self.doubtsLink = doubtsLink
        }

        /// What the changes of products that were first seen after `since` are, a sentence; nil where there are none.
        package var newer: String? { newerText }
        /// How many prices wait for the reader's word.
        package var waiting: Int { doubtsCount ?? 0 }
        /// The same as a sentence; nil where none does.
        package var doubts: String? {
            guard waiting > 0 else { return nil }
            return waiting == 1 ? "1 price waits for your word." : "\(waiting) prices wait for your word."
        }

        /// How many products there are, those that `items` leaves out too.
        package var products: Int { counted.products }
        /// How many products cost less than at `since`.
        package var cheaper: Int { counted.cheaper }
        /// How many products cost more than at `since`.
        package var dearer: Int { counted.dearer }
        /// How many products can't be checked at the moment.
        package var failing: Int { counted.failing }
        /// How many products `items` leaves out.
        package var left: Int { max(0, products - items.count) }

        private var counted: Totals { totals ?? Totals(of: items) }

        /// How many products there are, and how many of them moved or fail.
        package struct Totals: Hashable, Sendable, Codable {
            fileprivate private(set) var products = 0
            fileprivate private(set) var cheaper = 0
            fileprivate private(set) var dearer = 0
            fileprivate private(set) var failing = 0

            /// Of no product.
            package init() {}

            fileprivate init(of items: [Item]) {
                for item in items { count(item) }
            }

            /// Adds a product.
            package mutating func count(_ item: Item) {
                let change = item.change ?? 0
                products += 1
                if change < 0 { cheaper += 1 }
                if change > 0 { dearer += 1 }
                if item.failing != nil { failing += 1 }
            }
        }
    }
}
