import Model
import Testing

@testable import Extraction

/// Pages of our own making, read as if a shop had sent them.
enum Shop {
    static func read(
        _ html: String,
        url: String = "https://shop.example.de/lamp",
        status: Int = 200,
        type: String? = "text/html; charset=utf-8"
    ) throws -> Reading {
        var headers = HTTPHeaders()
        headers["Content-Type"] = type
        let answer = HTTPResponse(status: status, headers: headers, body: Array(html.utf8), url: url)
        return PageReader(scrapers: []).read(answer, asked: try WebAddress(url), supplements: [])
    }

    /// A page about one lamp; `head` goes into its head, `body` below its heading.
    static func lamp(_ body: String, head: String = "", lang: String = "de") -> String {
        """
        <!DOCTYPE html><html lang="\(lang)"><head><title>Lamp Arc | Shop</title>\(head)</head>
        <body><header><a href="/">Shop</a><a href="/cart">Cart</a></header>
        <main><h1>Lamp Arc</h1>\(body)</main><footer><p>Imprint</p></footer></body></html>
        """
    }

    static func script(_ json: String) -> String { "<script type=\"application/ld+json\">\(json)</script>" }

    static func product(_ offers: String, name: String = "Lamp Arc") -> String {
        script("{\"@context\":\"https://schema.org\",\"@type\":\"Product\",\"name\":\"\(name)\",\"offers\":\(offers)}")
    }
}
