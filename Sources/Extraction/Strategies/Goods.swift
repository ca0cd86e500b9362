import Markup
import Model

/// Something for sale as structured data describes it, JSON-LD or microdata.
struct Goods {
    var name: String?
    var address: String?
    var image: String?
    var offers: [Offer] = []
    /// A JSON path or the like.
    var path = ""
    /// In the document: where its item or script begins.
    var node = 0
    /// One past the item's last node.
    var end = 0
    /// Whether it stands in a list of several or as related to another.
    var isListed = false
    /// Whether the type is one that is sold as such, not just anything with a price.
    var isProduct = true

    struct Offer {
        var price: String?
        var low: String?
        var high: String?
        var listPrice: String?
        var currency: String?
        var availability: String?
        var address: String?
        var seller: String?
        var name: String?
        var path = ""
        /// In the document, for microdata; to know what is hidden or crossed out.
        var node: Int?
        var isAggregate = false
        /// Whether it is for a used piece, or for several at once.
        var isSpecial = false

        var hasPrice: Bool { text != nil }

        /// Of schema.org's `itemCondition`, however it is written: what is not new.
        static func isUsed(_ condition: String?) -> Bool {
            let name = condition.map { ItemName.lastPart($0).lowercased() } ?? ""
            return ["used", "refurbished", "damaged"].contains { name.hasPrefix($0) }
        }
    }
}

/// The goods of a page and which of them the page is about.
struct FoundGoods {
    let all: [Goods]
    /// nil where there are none or no one can say which.
    let main: Goods?
    /// Different names among them.
    let nameCount: Int

    init(_ all: [Goods], _ survey: Survey) {
        self.all = all
        nameCount = Set(all.compactMap { $0.name.map { Wording.folded($0) } }).count
        main = Self.choose(all, survey)
    }

    private static func choose(_ all: [Goods], _ survey: Survey) -> Goods? {
        let candidates = Array(all.lazy.filter { !$0.isListed }.prefix(200))
        let pool = candidates.isEmpty ? (all.count <= 2 ? all : []) : candidates
        guard pool.count > 1 else { return pool.first }
        let names = survey.titles.map(Wording.Name.init)
        let scored = pool.enumerated().map { order, goods -> (Goods, Double) in
            var score = goods.name.map(Wording.Name.init).flatMap { name in names.map(name.likeness).max() } ?? 0
            if let address = goods.address, survey.isThisPage(address) { score += 0.6 }
            if !goods.isProduct { score -= 0.3 }
            if goods.offers.contains(where: \.hasPrice) { score += 0.2 }
            return (goods, score - Double(order) * 0.001)
        }
        guard let best = scored.max(by: { $0.1 < $1.1 }) else { return nil }
        let differing = scored.filter { $0.0.name != best.0.name && $0.1 > best.1 - 0.1 }
        // Many of equal rank: a list of products.
        return differing.count >= 3 && best.1 < 0.9 ? nil : best.0
    }
}

extension Survey {
    /// What the page calls what it shows, by title tags and first headings.
    var titles: [String] {
        var titles = [data.meta("og:title"), outline.title].compactMap(\.self)
        for heading in outline.headings.filter({ $0.level == 1 }).prefix(3) {
            let text = document.visibleText(of: heading.node, limit: 400)
            if !text.isEmpty { titles.append(text) }
        }
        return titles
    }
}
