package import Model
package import PluginAPI

extension SampleMessage {
    /// A report of five products: one cheaper, one dearer, one as before, one that fails and one without a price.
    package static let digest = digest(items: [
        item(
            "Desk lamp Arc, brass",
            price: euros(3900),
            before: euros(4900),
            averages: [4500, 4712, 4880, 4890],
            course: [
                nil, nil, 4990, 4990, 4990, 4900, 4900, 5290, 5290, 4990, 4990, 4990, 4900, 4900, 4900, 4900, 4900,
                3900,
            ]
        ),
        item(
            "Floor lamp",
            price: money(1_299_500, "JPY"),
            before: money(1_250_000, "JPY"),
            averages: [1_250_000, 1_250_000, 1_260_000, nil],
            course: [1_250_000, 1_250_000, 1_299_500],
            availability: .limited
        ),
        item(
            "A chair that has a very long name, as shops give it, with its colour, its size and whatever else sells it",
            price: euros(12900),
            before: euros(12900),
            averages: [12900, 12900, 12900, 12900],
            course: Array(repeating: 12900, count: 18),
            image: nil,
            failing: true
        ),
        item(
            "Kettle",
            price: euros(2995),
            before: nil,
            averages: [nil, nil, nil, nil],
            course: [],
            availability: .outOfStock
        ),
        item("Not read yet", price: nil, before: nil, averages: [], course: [], image: nil),
    ])

    /// A report as the host writes it.
    package static func digest(
        items: [Message.Report.Item],
        subject: String = "Price report – 23 November 2026: 1 cheaper, 1 dearer",
        lines: [String] = [
            "Of 5 products, 1 is cheaper and 1 is dearer than on 22 Nov, 09:00. 1 can’t be checked.",
            "Desk lamp Arc, brass: €39.00 at lamps.example, before €49.00 (−20\u{a0}%)",
            "Floor lamp: ¥1,299,500 at lamps.example, before ¥1,250,000 (+4\u{a0}%)",
        ]
    ) -> Message {
        Message(
            idempotencyKey: "digest.01k2v3w4x5y6z7a8b9c0d1e2f3.01k2v3w4x5y6z7a8b9c0d1e2f5",
            kind: .digest,
            subject: subject,
            lines: lines,
            why: "You asked your price monitor for a report every day at 09:00, Europe/Berlin.",
            link: "https://prices.example.org/",
            product: nil,
            report: Message.Report(
                items: items,
                day: "23 November 2026",
                since: sent - .hours(33),
                sinceText: "22 Nov, 09:00"
            ),
            created: sent
        )
    }

    /// One product of a report; averages over 7, 30, 90 and 180 days in minor units.
    package static func item(
        _ title: String,
        price: Money?,
        before: Money?,
        averages: [Int?],
        course: [Int?],
        availability: Availability = .inStock,
        image: String? = "https://lamps.example/arc.jpg",
        url: String = "https://lamps.example/arc?colour=brass&size=m",
        failing: Bool = false
    ) -> Message.Report.Item {
        Message.Report.Item(
            title: title,
            url: url,
            link: "https://prices.example.org/products/01k2v3w4x5y6z7a8b9c0d1e2f4",
            site: "lamps.example",
            image: image,
            price: price,
            before: before,
            averages: zip(Trend.spans, averages).map { days, minor in
                Trend.Average(
                    days: days,
                    price: minor.flatMap { minor in price.map { Money(minor: minor, currency: $0.currency) } }
                )
            },
            course: course,
            availability: availability,
            checked: price == nil ? nil : sent - .minutes(2),
            checkedText: price == nil ? nil : "23 Nov, 17:58",
            failing: failing ? sent - .days(2) : nil,
            failingText: failing ? "21 Nov, 18:00" : nil
        )
    }
}
