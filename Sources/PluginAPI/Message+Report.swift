package import Model

extension Message {
    /// All products with what they cost, and how that moved.
    package struct Report: Hashable, Sendable, Codable {
        /// What moved most since the last report first.
        package let items: [Item]
        /// The day, by the clock of the reader's zone: `30 November 2026`.
        package let day: String
        /// The moment that prices are compared with: that of the last report, or a day ago.
        package let since: Timestamp
        /// The same for people, by the clock of the reader's zone: `29 Nov, 09:00`.
        package let sinceText: String

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
        package init(items: [Item], day: String, since: Timestamp, sinceText: String) {
            self.items = items
            self.day = day
            self.since = since
            self.sinceText = sinceText
        }

        /// How many products cost less than at `since`.
        package var cheaper: Int { items.count { ($0.change ?? 0) < 0 } }
        /// How many products cost more than at `since`.
        package var dearer: Int { items.count { ($0.change ?? 0) > 0 } }
        /// How many products can't be checked at the moment.
        package var failing: Int { items.count { $0.failing != nil } }
    }
}
