import Model
import PluginAPI
import TestSupport
import Testing

@testable import EmailPlugin

@Suite struct ReportTests {
    private func html(_ items: [Message.Report.Item]) -> String {
        HTMLMail(SampleMessage.digest(items: items)).html.source
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

    @Test(arguments: [
        ([nil, 100, 200, 150], "▁█▅"), ([100, nil, 200], "▁\u{2007}█"), ([5, 5, 5], "▃▃▃"), ([nil, 7], ""), ([], ""),
    ])
    func `the course of a price is drawn from its lowest to its highest`(course: [Int?], expected: String) {
        #expect(ReportWording.line(course) == expected)
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
