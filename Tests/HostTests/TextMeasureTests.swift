import PluginAPI
import Testing

struct TextMeasureTests {
    @Test(arguments: [
        (TextMeasure.bytes, "é😀a", 7), (.utf16, "é😀a", 4), (.codePoints, "é😀a", 3), (.codePoints, "e\u{301}", 2),
    ])
    func `lengths are counted as the service counts`(measure: TextMeasure, text: String, length: Int) {
        #expect(measure.length(of: text) == length)
    }

    @Test(arguments: [
        (TextMeasure.utf16, "lamp", 4, "lamp"), (.utf16, "lamps", 4, "lam…"), (.utf16, "😀😀😀", 4, "😀…"),
        (.bytes, "lamps and more", 8, "lamps…"), (.bytes, "ééééé", 8, "éé…"), (.utf16, "👨‍👩‍👧‍👦!", 5, "…"),
        (.utf16, "lamp", 1, "…"), (.utf16, "lamp", 0, ""), (.bytes, "lamp", 2, ""),
    ])
    func `a text is cut between what people see as characters`(
        measure: TextMeasure,
        text: String,
        limit: Int,
        cut: String
    ) {
        #expect(measure.cut(text, to: limit) == cut)
        #expect(measure.length(of: measure.cut(text, to: limit)) <= limit)
    }

    @Test func `an escape is never torn apart, and counts as it is written`() {
        let escaped = TextMeasure.utf16.cut("a<b<c", to: 7) { $0.replacing("<", with: "&lt;") }
        #expect(escaped == "a&lt;b…")
    }

    @Test(arguments: [
        (["one", "two", "three"], 13, "one\ntwo\nthree"), (["one", "two", "three"], 12, "one\ntwo\n…"),
        (["one", "two", "three"], 6, "one\n…"), (["one", "two"], 4, "one…"), (["", "two"], 2, "\n…"), ([], 5, ""),
    ])
    func `lines end after a whole line`(lines: [String], limit: Int, text: String) {
        #expect(TextMeasure.utf16.fit(lines, to: limit) == text)
    }
}
