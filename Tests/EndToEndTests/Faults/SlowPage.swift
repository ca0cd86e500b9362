import TestSupport

/// A page that takes long to read: a megabyte of prices, each of which might be the one.
enum SlowPage {
    static func html(offers count: Int) -> String {
        let offers = (0..<count).map {
            "<div class=\"price offer-\($0)\"><span>only \($0 % 90 + 10).99 EUR</span></div>"
        }
        return "<!DOCTYPE html><html><head><title>Everything</title></head><body><h1>Everything</h1>"
            + offers.joined() + "</body></html>"
    }

    /// A shop that has no other page.
    static func shop(offers: Int = 12_000) throws -> TestServer {
        let html = html(offers: offers)
        return try TestServer { request in request.path == "/robots.txt" ? .response(404) : .page(html) }
    }
}
