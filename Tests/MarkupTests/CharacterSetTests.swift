import Markup
import Testing

@Suite struct CharacterSetTests {
    private func text(_ bytes: [UInt8], _ type: String? = nil) -> String? {
        Document(bytes, contentType: type).root?.visibleText()
    }

    @Test(
        arguments: [
            ("windows-1251", [0xd6, 0xe5, 0xed, 0xe0], "Цена"), ("koi8-r", [0xe3, 0xc5, 0xce, 0xc1], "Цена"),
            ("iso-8859-2", [0xa3, 0xf3, 0x64, 0xbc], "Łódź"), ("windows-1250", [0xa3, 0xf3, 0x64, 0x9f], "Łódź"),
            ("shift_jis", [0x89, 0xbf, 0x8a, 0x69], "価格"), ("euc-jp", [0xb2, 0xc1, 0xb3, 0xca], "価格"),
            ("gbk", [0xbc, 0xdb, 0xb8, 0xf1], "价格"), ("GB2312", [0xbc, 0xdb, 0xb8, 0xf1], "价格"),
            ("gb18030", [0xbc, 0xdb, 0xb8, 0xf1], "价格"), ("big5", [0xbb, 0xf9, 0xae, 0xe6], "價格"),
            ("euc-kr", [0xb0, 0xa1, 0xb0, 0xdd], "가격"), ("iso-8859-1", [0x80, 0x35], "€5"),
            ("windows-1252", [0xa3, 0x35, 0xe9], "£5é"), ("iso-8859-15", [0xa4, 0x35], "€5"),
            ("iso-8859-9", [0xfe, 0x69], "şi"),
            ("windows-1255", [0xf9, 0xec], "של"), ("windows-1256", [0xda, 0xd1], "عر"),
            ("utf-8", [0xe2, 0x82, 0xac], "€"),
        ] as [(String, [UInt8], String)]
    )
    func `reads the character set that the header names`(label: String, bytes: [UInt8], expected: String) {
        #expect(text(Array("<p>".utf8) + bytes + Array("</p>".utf8), "text/html; charset=\"\(label)\"") == expected)
    }

    @Test(arguments: [
        "<meta charset=windows-1251>", "<META CHARSET='Windows-1251'>",
        "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">",
        "<?xml version=\"1.0\" encoding=\"windows-1251\"?>",
    ])
    func `reads the character set that the page names`(head: String) {
        #expect(text(Array("\(head)<p>".utf8) + [0xd6, 0xe5, 0xed, 0xe0], "text/html") == "Цена")
    }

    @Test func `the header wins over the page`() {
        let page = Array("<meta charset=koi8-r><p>".utf8) + [0xd6, 0xe5, 0xed, 0xe0]
        #expect(text(page, "text/html;charset=windows-1251") == "Цена")
    }

    @Test(
        arguments: [
            ([0xef, 0xbb, 0xbf, 0x3c, 0x70, 0x3e, 0xc3, 0xa9], "é", "utf-8"),
            ([0xff, 0xfe, 0x3c, 0, 0x70, 0, 0x3e, 0, 0xac, 0x20], "€", "utf-16le"),
            ([0xfe, 0xff, 0, 0x3c, 0, 0x70, 0, 0x3e, 0x20, 0xac], "€", "utf-16be"),
        ] as [([UInt8], String, String)]
    )
    func `a byte order mark wins over everything`(bytes: [UInt8], expected: String, label: String) {
        let document = Document(bytes, contentType: "text/html; charset=windows-1251")
        #expect(document.root?.visibleText() == expected)
        #expect(document.characterSet == label)
    }

    @Test func `without a name it is UTF-8 if it can be, else windows-1252`() {
        #expect(text(Array("<p>5 €".utf8)) == "5 €")
        #expect(text(Array("<p>5 ".utf8) + [0x80]) == "5 €")
    }

    /// Servers name Latin 1 for everything.
    @Test func `a single-byte name on valid UTF-8 is not believed`() {
        #expect(text(Array("<p>5 € für ü".utf8), "text/html; charset=iso-8859-1") == "5 € für ü")
        #expect(text(Array("<meta charset=windows-1251><p>5 €".utf8)) == "5 €")
    }

    @Test func `a page that names another set than the server's wrong UTF-8 is believed`() {
        #expect(text(Array("<meta charset=windows-1251><p>".utf8) + [0xd6], "text/html; charset=utf-8") == "Ц")
    }

    @Test(arguments: ["utf-8", "gbk", "shift_jis", "euc-jp", "big5", "euc-kr", "utf-16", "x-unknown", ""])
    func `bytes that mean nothing do not stop the reading`(label: String) {
        let bytes = Array("<p>a".utf8) + [0xff, 0xfe, 0x81, 0xc3] + Array(" b</p><i>end</i>".utf8)
        let document = Document(bytes, contentType: "text/html; charset=\(label)")
        #expect(document.nodes.count > 0)
        if label != "utf-16" { #expect(document.root?.visibleText().hasSuffix("end") == true) }
    }

    @Test func `bytes behind a byte order mark that are no UTF-8 become the replacement character`() {
        #expect(text([0xef, 0xbb, 0xbf] + Array("<p>a".utf8) + [0xd0] + Array("b</p>".utf8)) == "a\u{fffd}b")
        #expect(CharacterSet.decode([0xef, 0xbb, 0xbf, 0xd0], contentType: nil).utf8 == Array("\u{fffd}".utf8))
    }

    /// What follows the known part of a name was given to the C library, and kept as the page's character set.
    @Test(arguments: ["windows-1251/../x", "windows-125", "cp125\u{1}", "iso-8859-5//ignore", "iso-8859-99"])
    func `a name that only begins like a known one is none`(label: String) {
        let page = Array("<meta charset=koi8-r><p>".utf8) + [0xe3, 0xc5, 0xce, 0xc1]
        let document = Document(page, contentType: "text/html; charset=\"\(label)\"")
        #expect(document.root?.visibleText() == "Цена")
        #expect(document.characterSet == "koi8-r")
    }
}
