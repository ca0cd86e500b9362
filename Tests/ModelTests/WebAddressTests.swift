import Model
import Testing

struct WebAddressTests {
    @Test(
        arguments: [
            ("https://shop.example/lamp", "https", "shop.example", nil, "/lamp", "https://shop.example/lamp"),
            (
                "  HTTPS://Shop.Example/Lamp#photos \n", "https", "shop.example", nil, "/Lamp",
                "https://shop.example/Lamp"
            ),
            ("http://shop.example", "http", "shop.example", nil, "/", "http://shop.example/"),
            ("http://shop.example?a=1", "http", "shop.example", nil, "/?a=1", "http://shop.example/?a=1"),
            (
                "http://shop.example:8080/x?y=/@", "http", "shop.example", 8080, "/x?y=/@",
                "http://shop.example:8080/x?y=/@"
            ),
            ("http://localhost:1/", "http", "localhost", 1, "/", "http://localhost:1/"),
            ("http://192.168.1.7:65535/", "http", "192.168.1.7", 65535, "/", "http://192.168.1.7:65535/"),
            ("http://[2001:DB8::1]/x", "http", "2001:db8::1", nil, "/x", "http://[2001:db8::1]/x"),
            ("http://[::1]:8080", "http", "::1", 8080, "/", "http://[::1]:8080/"),
            ("http://[::ffff:10.0.0.1]/", "http", "::ffff:10.0.0.1", nil, "/", "http://[::ffff:10.0.0.1]/"),
            ("https://bücher.example/ä", "https", "bücher.example", nil, "/ä", "https://bücher.example/ä"),
            ("https://shop.example./", "https", "shop.example.", nil, "/", "https://shop.example./"),
            ("https://my_shop.example/?to=https://x", "https", "my_shop.example", nil, "/?to=https://x", nil),
        ] as [(String, String, String, Int?, String, String?)]
    )
    func `takes an address apart`(
        input: String,
        scheme: String,
        host: String,
        port: Int?,
        target: String,
        text: String?
    ) throws {
        let address = try WebAddress(input)
        #expect(address.scheme == scheme)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.target == target)
        #expect(address.text == text ?? input)
        #expect("\(address)" == address.text)
        #expect(try WebAddress(address.text) == address)
    }

    @Test(
        arguments: [
            ("", .empty), (" \n\t", .empty), ("https://shop.example/\(String(repeating: "a", count: 4096))", .tooLong),
            ("javascript:alert(1)", .unsupportedScheme("javascript")),
            ("mailto:me@x.example", .unsupportedScheme("mailto")),
            ("ftp://shop.example/", .unsupportedScheme("ftp")), ("file:///etc/passwd", .unsupportedScheme("file")),
            ("https://me@shop.example/", .credentials), ("https://me:secret@shop.example/", .credentials),
            ("https://shop.example\\@evil.example/", nil), ("https://[::1]@evil.example/", .credentials),
        ] as [(String, WebAddressError?)]
    )
    func `says why an address is refused`(input: String, expected: WebAddressError?) throws {
        guard let expected else {
            // A backslash ends the host, as browsers have it: what follows is no host and no password.
            #expect(try WebAddress(input).host == "shop.example")
            return
        }
        #expect(throws: expected) { try WebAddress(input) }
    }

    @Test(arguments: [
        "shop.example/lamp", "localhost:8080/x", "lamp", "//shop.example/", "https://", "https:///x", "https://.",
        "https://..", "https://a..b/", "https://.a/", "https://shop.example:/", "https://shop.example:0/",
        "https://shop.example:65536/", "https://shop.example:+80/", "https://shop.example:80x/", "https://a:b:c/",
        "https://[::1", "https://[::1]x/", "https://[]/", "https://[zz]/", "https://[12]/", "https://::1/",
        "https://sh op.example/", "https://shop.example/a\u{0}b", "https://shop.example/a\nb", "https://a<b>/",
        "https://%73hop.example/", "shop.example/?to=https://x", "http://shop.example:99999999999999999999/",
    ])
    func `refuses what is no address`(input: String) {
        do {
            Issue.record("Read as \(try WebAddress(input)).")
        } catch {
            guard case .notAnAddress = error else {
                Issue.record("Refused as \(error)")
                return
            }
        }
    }

    @Test(arguments: [
        WebAddressError.empty, .tooLong, .notAnAddress("lamp"), .unsupportedScheme("ftp"), .credentials,
    ])
    func `explains itself in sentences`(error: WebAddressError) {
        #expect(error.description.hasSuffix("."))
        #expect(error.description.first?.isUppercase == true || error.description.first == "“")
    }

    @Test func `quotes no more than 200 characters`() throws {
        let error = #expect(throws: WebAddressError.self) { try WebAddress(String(repeating: "ä", count: 2000)) }
        #expect((error?.description.count ?? 0) < 300)
    }

    @Test(arguments: [("https://www.shop.example/", "shop.example"), ("https://shop.example/", "shop.example")])
    func `names the shop without www`(input: String, site: String) throws {
        #expect(try WebAddress(input).site == site)
    }

    @Test(arguments: [(" a ", "a"), ("\n", ""), ("", ""), ("a b", "a b"), ("\u{a0}ä\u{2003}", "ä")])
    func `trims white space of every kind`(text: String, expected: String) {
        #expect(text.trimmingWhitespace() == expected)
    }
}
