import Markup
import Model
import PluginAPI

/// What a page is about, from everything but prices.
struct PageKind {
    private let survey: Survey
    private let topic: PageTopic

    init(_ survey: Survey) {
        self.survey = survey
        topic = PageTopic(survey)
    }

    /// Whether anything says that one product is offered here.
    var isProduct: Bool {
        if let type = survey.data.meta("og:type")?.lowercased(), type.contains("product") { return true }
        if let main = survey.goodsJSON.main, main.isProduct, isNamed(main) { return true }
        if let main = survey.goodsItems.main, main.isProduct || !main.offers.isEmpty { return true }
        return survey.outline.phrases.contains { $0.phrase == .buy }
    }

    /// Whether it is said beside the page's name, and not of many things, that it can't be bought.
    var saysOutOfStock: Bool {
        guard survey.outline.phrases.count(where: { $0.phrase == .outOfStock || $0.phrase == .discontinued }) <= 5
        else {
            return false
        }
        guard let stock = VisibleStock.read(survey), case .availability(let value) = stock.value else { return false }
        return value.canBeBought == false
    }

    /// Whether the page says that it is to be read, not bought from.
    var isArticle: Bool {
        if survey.goodsItems.main != nil { return false }
        if hasProductTags { return false }
        let type = survey.data.meta("og:type")?.lowercased() ?? ""
        guard type == "article" || topic.hasArticle else { return false }
        return survey.goodsJSON.main.map { !isNamed($0) } ?? true
    }

    /// Whether the page is said to be an article of its title, so that many prices on it are those of what it tells of.
    var isNamedArticle: Bool { isArticle && topic.isNamedArticle }

    /// Whether the page is about a place, not about something for sale.
    var isPlace: Bool {
        topic.isPlace && survey.goodsJSON.main == nil && survey.goodsItems.main == nil && !hasProductTags
            && !survey.outline.phrases.contains { $0.phrase == .buy }
    }

    private var hasProductTags: Bool {
        survey.data.meta("og:type")?.lowercased().contains("product") == true
            || ["product:price:amount", "og:price:amount", "product:sale_price:amount"].contains {
                survey.data.meta($0) != nil
            }
    }

    private func isNamed(_ goods: Goods) -> Bool {
        guard let name = goods.name else { return false }
        let titles = survey.titles
        return titles.isEmpty || titles.contains { Wording.likeness($0, name) >= 0.5 }
    }

    /// Whether many products are shown and none of them stands out.
    var isListing: Bool {
        if survey.goodsJSON.main != nil || survey.goodsItems.main != nil { return false }
        if hasProductTags { return false }
        if topic.isCollection { return true }
        let listed = max(survey.goodsJSON.nameCount, survey.goodsItems.nameCount)
        let visible = survey.visible
        let hasMany = (visible.cards >= 4 && visible.cardAmounts >= 3) || listed >= 4
        guard hasMany else { return false }
        if let best = visible.ranked.first, !best.isOnCard || best.repeats < 3, best.score >= 1.8, visible.margin >= 0.3
        {
            return false
        }
        // Something is said about one product's stock.
        return isSorted || !saysOutOfStock
    }

    /// Whether what is shown can be sorted by price, which is done with lists of products.
    var isSorted: Bool { survey.outline.phrases.contains { $0.phrase == .sorting } }

    /// Whether there is next to nothing to read and scripts would fill it in.
    var isShell: Bool {
        let outline = survey.outline
        guard survey.goodsJSON.all.isEmpty, survey.goodsItems.all.isEmpty, outline.headings.count <= 1 else {
            return false
        }
        return outline.visibleBytes < 400 && outline.linkCount < 15 && (outline.scriptBytes > 0 || hasScriptFiles)
    }

    private var hasScriptFiles: Bool {
        survey.document.nodes.indices.contains {
            survey.document.nodes[$0].is(.script) && survey.document.has(.src, at: $0)
        }
    }
}
