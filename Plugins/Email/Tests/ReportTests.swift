import Model
import PluginAPI
import TestSupport
import Testing

@testable import EmailPlugin

@Suite struct ReportTests {
    private func html(_ items: [Message.Report.Item]) -> String {
        MailBody(SampleMessage.digest(items: items)).html
    }

    @Test func `what shops write into a report is shown as text and cannot become markup`() {
        let evil = "</td></table><script>alert(\"1\")</script>\u{202e}"
        let item = SampleMessage.item(
            evil,
            price: SampleMessage.euros(100),
            before: nil,
            averages: [],
            course: [],
            image: "https://lamps.example/\"onerror=\"x",
            url: "javascript:alert(1)"
        )
        let html = html([item])
        #expect(!html.contains("<script"))
        #expect(!html.contains("\"onerror"))
        #expect(!html.contains("javascript:"))
        #expect(!html.unicodeScalars.contains("\u{202e}"))
        #expect(html.contains("&lt;/td&gt;&lt;/table&gt;&lt;script&gt;"))
    }

    @Test(arguments: [
        (4900, 3900, "down", "−20\u{a0}%"), (3900, 4900, "up", "+26\u{a0}%"), (3900, 3900, "quiet", "0\u{a0}%"),
        (100_000, 99_999, "quiet", "0\u{a0}%"), (0, 3900, "quiet", "–"), (100, 9900, "up", "+&gt;999\u{a0}%"),
        (1000, 996, "down", "−0.4\u{a0}%"),
    ])
    func `a change is coloured by what it reads`(before: Int, now: Int, style: String, expected: String) {
        let item = SampleMessage.item(
            "Lamp",
            price: SampleMessage.euros(now),
            before: SampleMessage.euros(before),
            averages: [],
            course: []
        )
        #expect(html([item]).contains("<span class=\"\(style)\" style=\"color:"))
        #expect(html([item]).contains(";\">\(expected)</span>"))
    }

    @Test func `each course is a picture that its row names and no other mail has`() throws {
        let mail = MailBody(SampleMessage.digest)
        #expect(mail.pictures.map(\.filename) == ["course-1.png", "course-2.png"])
        for picture in mail.pictures {
            #expect(picture.id.hasSuffix("@\(SampleMessage.digest.idempotencyKey)"))
            #expect(mail.html.split(separator: "src=\"\(picture.address)\"").count == 2)
        }
        #expect(mail.html.split(separator: "src=\"cid:").count - 1 == mail.pictures.count)
        #expect(MailBody(SampleMessage.digest) == mail, "Every attempt is the same mail.")
    }

    @Test func `what is left out is counted, and it is said what became of it`() {
        let item = SampleMessage.item(
            "Lamp",
            price: SampleMessage.euros(3900),
            before: SampleMessage.euros(4900),
            averages: [],
            course: []
        )
        func left(_ others: [Message.Report.Item]) -> String? {
            var totals = Message.Report.Totals()
            for one in [item] + others { totals.count(one) }
            let report = Message.Report(
                items: [item],
                totals: totals,
                day: "",
                since: SampleMessage.sent,
                sinceText: ""
            )
            return ReportWording.left(report)
        }
        let still = SampleMessage.item("Lamp", price: nil, before: nil, averages: [], course: [])
        let page = "see the page “Products” of your price monitor."
        #expect(left([]) == nil)
        #expect(left([still]) == "And 1 more product, whose price did not change: \(page)")
        #expect(left([still, item]) == "And 2 more products, whose prices changed less: \(page)")
    }

    @Test func `of a long report the products that moved least take a line, and none is left out`() {
        let items = (1...60).map { number in
            SampleMessage.item(
                "Lamp number \(number).",
                price: SampleMessage.euros(1000),
                before: SampleMessage.euros(1000),
                averages: [1000, 1000, 1000, 1000],
                course: [1000, 1000]
            )
        }
        let html = html(items)
        for number in 1...60 { #expect(html.contains("Lamp number \(number).")) }
        #expect(html.split(separator: "<img ").count - 1 == ReportRows.mostWhole)
        #expect(html.contains("60 products."))
    }
}
