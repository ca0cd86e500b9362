import PluginAPI
import Testing

@testable import Fetch

struct ExchangeTargetTests {
    @Test(arguments: [
        ("https://Shop.Example/lamp?x=1#top", "shop.example", 443, "https://Shop.Example/lamp?x=1"),
        ("http://shop.example:8080", "shop.example", 8080, "http://shop.example:8080/"),
        ("http://shop.example./a", "shop.example", 80, "http://shop.example./a"),
        ("http://0x7f000001/", "127.0.0.1", 80, "http://127.0.0.1/"),
        ("http://2130706433/", "127.0.0.1", 80, "http://127.0.0.1/"),
        ("http://0177.0.0.1/", "127.0.0.1", 80, "http://127.0.0.1/"),
        ("http://127.1/", "127.0.0.1", 80, "http://127.0.0.1/"),
        ("http://[::1]:81/", "::1", 81, "http://[::1]:81/"),
        ("https://me:secret@shop.example/a", "shop.example", 443, "https://shop.example/a"),
        ("https://shop.example/größe xl", "shop.example", 443, "https://shop.example/gr%c3%b6%c3%9fe%20xl"),
    ])
    func `reads an address as libcurl will`(text: String, host: String, port: Int, shown: String) throws {
        let target = try ExchangeTarget(text)
        #expect(target.host == host)
        #expect(target.port == port)
        #expect(target.shown == shown)
    }

    @Test(arguments: [
        "ftp://shop.example/", "file:///etc/passwd", "gopher://127.0.0.1/", "javascript:alert(1)", "", "lamp",
    ])
    func `refuses what is no http address`(text: String) {
        let error = #expect(throws: ExchangeError.self) { try ExchangeTarget(text) }
        guard case .refused = error else {
            Issue.record("\(String(describing: error)) is no refusal")
            return
        }
    }

    @Test(arguments: [
        ("/b", "https://shop.example/b"), ("b?c#d", "https://shop.example/x/b?c"), ("?q", "https://shop.example/x/y?q"),
        ("//other.example/z", "https://other.example/z"), ("http://other.example", "http://other.example/"),
        ("/mit leerzeichen/ä", "https://shop.example/mit%20leerzeichen/%c3%a4"),
    ])
    func `resolves a redirect against the address that sent it`(location: String, shown: String) throws {
        let target = try ExchangeTarget("https://me:secret@shop.example/x/y?z")
        #expect(try target.redirected(to: location).shown == shown)
    }

    @Test(arguments: [
        ("https://a.example/", "https://a.example/x", true), ("http://a.example/", "https://a.example/", true),
        ("https://a.example/", "http://a.example/", false), ("https://a.example/", "https://www.a.example/", false),
        ("https://a.example/", "https://a.example:8443/", false), ("http://a.example:81/", "https://a.example/", false),
    ])
    func `trusts the same host only, and no less secret way to it`(from: String, to: String, may: Bool) throws {
        #expect(try ExchangeTarget(to).mayKnowSecrets(of: ExchangeTarget(from)) == may)
    }
}
