import Markup
import Model
import PluginAPI

/// What one pass over a page collects for all strategies: where text is visible, which short texts mean something, and
/// where the product is shown.
final class Survey {
    let address: WebAddress
    let document: Document
    let data: StructuredData
    /// Of the page, such as `de` or `de-CH`.
    ///
    /// nil where nothing tells.
    let locale: String?
    /// The end of the host's name: `de`, `co.uk`.
    let topLevelDomain: String?
    let outline: Outline
    /// The node the product's name stands in: the right heading, or a text that equals the product's name.
    private(set) lazy var anchor: Int? = Anchor.find(self)
    private(set) lazy var goodsJSON = JSONLDGoods.find(self)
    private(set) lazy var goodsItems = ItemGoods.find(self)
    private(set) lazy var currency = PageCurrency.find(document, locale: locale, topLevelDomain: topLevelDomain)
    private(set) lazy var visible = VisiblePrices(self)
    /// What addresses on the page are relative to.
    private lazy var origin = outline.base.flatMap { try? WebAddress($0) } ?? address
    // Not `lazy`: setting one entry of a lazy array copies all of them.
    private var knownWords: ContiguousArray<ClassWords?>
    private(set) lazy var stated = StatedAmounts(document)
    private(set) lazy var ownPaths = OwnPaths(
        address: address.text,
        canonical: outline.canonical.flatMap { absolute($0) }
    )

    init(_ page: Page) {
        address = page.address
        document = page.document
        knownWords = ContiguousArray(repeating: nil, count: page.document.nodes.count)
        data = page.document.structuredData
        outline = Outline(page.document)
        locale =
            outline.language ?? data.meta("og:locale") ?? data.meta("content-language")
            ?? LanguageGuess.locale(
                of: [outline.title, data.meta("og:title"), outline.firstHeading].compactMap(\.self),
                characterSet: document.characterSet
            )
        topLevelDomain = Self.topLevelDomain(of: page.address.host)
    }

    /// What the names of an element say; nothing for texts.
    func words(of node: Int) -> ClassWords {
        if let known = knownWords[node] { return known }
        let words = document.nodes[node].isText ? [] : ClassWords.read(document, node)
        knownWords[node] = words
        return words
    }

    /// For a price text on this page.
    func priceContext(hint: String? = nil) -> PriceText.Context {
        .init(
            currencyHint: hint,
            locale: locale,
            defaultCurrency: currency?.currency,
            topLevelDomain: topLevelDomain
        )
    }

    /// The last label, with the one before where a country sells names under it.
    static func topLevelDomain(of host: String) -> String? {
        let labels = host.split(separator: ".")
        guard let last = labels.last, labels.count > 1, last.allSatisfy(\.isLetter) else { return nil }
        let shared = ["co", "com", "net", "org", "or", "ne", "ac", "gov", "edu"]
        if labels.count > 2, last.utf8.count == 2, shared.contains(String(labels[labels.count - 2])) {
            return "\(labels[labels.count - 2]).\(last)"
        }
        return String(last)
    }

    /// An address on the page as an absolute one; nil for anything but http and https.
    func absolute(_ reference: String) -> String? {
        AddressReference.resolve(reference, against: origin)
    }
}
