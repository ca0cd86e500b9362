import Extraction
import Logging
import Markup
import Model
import PluginAPI
import ShopifyPlugin

/// Whole pages: an input is a byte that chooses what else the answer says, the page, and after a record separator
/// (0x1e) the answer to whatever a plugin asked for.
enum PageTarget {
    /// What came with a page; the byte's last bits choose.
    private static let kinds: [(status: Int, type: String?, url: String)] = [
        (200, "text/html; charset=utf-8", "https://shop.example.de/products/lamp?variant=2"),
        (200, "text/html", "https://www.shop.example/lamp"),
        (200, nil, "https://shop.example.co.uk/p/1#top"),
        (403, "text/html; charset=iso-8859-1", "https://shop.example/"),
    ]

    private static let reader: PageReader = {
        let setup = try? PluginSetup(
            options: [],
            values: [:],
            exchange: { _ in throw ExchangeError.refused("This program reaches nobody.") },
            mail: { _ in throw ExchangeError.refused("This program reaches nobody.") },
            logger: Logger(label: "fuzzing")
        )
        let shopify = setup.flatMap { try? Shopify($0) }
        hold("the plugin can be made", shopify != nil)
        return PageReader(scrapers: shopify.map { [$0] } ?? [])
    }()

    static func read(_ input: [UInt8]) {
        let parts = input.dropFirst().split(separator: 0x1e, maxSplits: 1, omittingEmptySubsequences: false)
        let kind = kinds[Int(input.first ?? 0) % kinds.count]
        guard let asked = try? WebAddress(kind.url) else { fatalError("\(kind.url) is no address.") }
        let body = parts.first.map { Array($0) } ?? []
        var headers = HTTPHeaders()
        headers["Content-Type"] = kind.type
        let answer = HTTPResponse(status: kind.status, headers: headers, body: body, url: kind.url)
        switch reader.look(at: answer, asked: asked) {
        case .done(let reading): check(reading)
        case .needs(let requests):
            hold("three requests at most", (1...3).contains(requests.count))
            for request in requests { hold("requests go to addresses", (try? WebAddress(request.url)) != nil) }
            let supplement =
                parts.count > 1
                ? HTTPResponse(status: 200, body: Array(parts[1]), url: requests[0].url) : nil
            check(reader.read(answer, asked: asked, supplements: [supplement]))
        }
        let document = Document(body, contentType: kind.type)
        check(document)
        let (whole, characterSet) = CharacterSet.decode(body, contentType: kind.type)
        let before = Document(PageText(whole: whole, characterSet: characterSet))
        hold("what changes with each answer is nothing that is shown", shown(document) == shown(before))
    }

    /// All text but that of scripts, some of which change with each answer.
    private static func shown(_ document: Document) -> [String] {
        document.nodes.indices.compactMap { index in
            let node = document.nodes[index]
            guard node.isText else { return nil }
            let isScript = node.parent >= 0 && Element(document, Int(node.parent)).is(.script)
            return isScript ? nil : document.text(of: index)
        }
    }

    private static func check(_ reading: Reading) {
        let hasPrice = reading.price != nil
        hold("a price needs an outcome that has one", !hasPrice || [.ok, .outOfStock].contains(reading.outcome))
        hold("ok means that there is a price", hasPrice || reading.outcome != .ok)
        hold("confidence is 0…1", (0...1).contains(reading.confidence))
        hold("no confidence without a price", hasPrice || reading.confidence == 0)
        if let title = reading.title {
            hold("a title is one line", !title.isEmpty && !title.contains(where: \.isNewline))
            hold("a title holds no zero", !title.utf8.contains(0))
        }
        if let image = reading.image { hold("an image is an address", (try? WebAddress(image)) != nil) }
        if let price = reading.price { hold("a price is not negative", price.minor >= 0) }
        for evidence in reading.evidence {
            hold("evidence is 0…1", (0...1).contains(evidence.confidence))
            hold("evidence is short", evidence.text.count <= 200)
        }
    }

    /// The nodes must lie in each other as they say.
    private static func check(_ document: Document) {
        var open: [Int] = []
        for (index, node) in document.nodes.enumerated() {
            while let last = open.last, Int(document.nodes[last].end) <= index { open.removeLast() }
            hold("a node's parent is the element around it", Int(node.parent) == open.last ?? -1)
            hold("a node ends after it begins", Int(node.end) > index && Int(node.end) <= document.nodes.count)
            if let last = open.last { hold("a node ends inside its parent", node.end <= document.nodes[last].end) }
            if !node.isText { open.append(index) }
            _ = node.isText ? document.text(of: index) : Element(document, index).name
        }
    }
}
