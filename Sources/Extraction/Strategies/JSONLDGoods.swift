import Markup

/// Finds what is for sale in a page's JSON-LD.
///
/// Source: schema.org Product, Offer, AggregateOffer, PriceSpecification.
struct JSONLDGoods {
    private var goods: [Goods] = []
    private var budget = 20_000

    static func find(_ survey: Survey) -> FoundGoods {
        var finder = JSONLDGoods()
        for (number, block) in survey.data.jsonLD.enumerated() {
            let start = finder.goods.count
            finder.walk(block.value, path: "json-ld[\(number)]", isListed: false, depth: 0)
            for index in start..<finder.goods.count { finder.goods[index].node = block.node }
        }
        return FoundGoods(finder.goods, survey)
    }

    /// Types sold as such.
    private static let productTypes: Set<String> = [
        "product", "productgroup", "productmodel", "individualproduct", "someproducts", "vehicle", "car", "motorcycle",
        "book", "softwareapplication", "mobileapplication", "videogame", "audiobook", "movie", "musicalbum", "course",
        "event", "musicevent", "theaterevent", "sportsevent", "comedyevent", "festival", "danceevent", "service",
    ]
    /// Types whose offers are not what the page sells.
    private static let otherTypes: Set<String> = [
        "website", "webpage", "organization", "person", "localbusiness", "store", "article", "newsarticle",
        "blogposting",
        "breadcrumblist", "offercatalog", "review", "merchantreturnpolicy", "searchaction", "restaurant", "hotel",
    ]
    /// Where other products stand.
    private static let relatedKeys: Set<String> = [
        "isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor", "review", "itemReviewed",
        "relatedTo", "isVariantOf", "makesOffer", "hasOfferCatalog", "recommendations",
    ]

    private mutating func walk(_ value: JSONValue, path: String, isListed: Bool, depth: Int) {
        budget -= 1
        guard budget > 0, depth < 24 else { return }
        switch value {
        case .array(let values):
            for (index, value) in values.enumerated() {
                walk(value, path: "\(path)[\(index)]", isListed: isListed, depth: depth + 1)
            }
        case .object(let members):
            let types = Self.types(value)
            let isProduct = types.contains { Self.productTypes.contains($0) }
            let isOther = types.contains { Self.otherTypes.contains($0) }
            if isProduct || (value["offers"] != nil && value["name"] != nil && !isOther) {
                add(value, path: path, isListed: isListed, isProduct: isProduct)
                return
            }
            let isList = types.contains("itemlist") || types.contains("offercatalog") || types.contains("listitem")
            for member in members {
                let isRelated = Self.relatedKeys.contains(member.key)
                let isInside = isListed || isRelated || (isList && Self.listLength(value) != 1)
                walk(member.value, path: "\(path).\(member.key)", isListed: isInside, depth: depth + 1)
            }
        default: break
        }
    }

    private static func listLength(_ value: JSONValue) -> Int { value["itemListElement"]?.list.count ?? 0 }

    static func types(_ value: JSONValue) -> [String] {
        (value["@type"]?.list ?? []).compactMap(\.text).map { ItemName.lastPart($0).lowercased() }
    }

    private mutating func add(_ value: JSONValue, path: String, isListed: Bool, isProduct: Bool) {
        var found = Goods()
        found.name = value["name"]?.list.first?.text.map { HTMLEntities.decode($0).trimmedLine }
        found.address = value["url"]?.text ?? value["@id"]?.text
        found.image = Self.image(value["image"])
        found.path = path
        found.isListed = isListed
        found.isProduct = isProduct
        found.offers = JSONLDOffers.offers(of: value, path: path)
        for (index, variant) in (value["hasVariant"]?.list ?? []).prefix(200).enumerated() {
            var offers = JSONLDOffers.offers(of: variant, path: "\(path).hasVariant[\(index)]")
            for place in offers.indices where offers[place].address == nil {
                offers[place].address = variant["url"]?.text ?? variant["@id"]?.text
            }
            found.offers += offers
        }
        goods.append(found)
        for key in ["isRelatedTo", "isSimilarTo"] {
            if let related = value[key] { walk(related, path: "\(path).\(key)", isListed: true, depth: 8) }
        }
    }

    private static func image(_ value: JSONValue?) -> String? {
        guard let first = value?.list.first else { return nil }
        return first.text ?? first["url"]?.list.first?.text ?? first["contentUrl"]?.text
    }
}

/// Names of schema.org things, however they are written.
enum ItemName {
    /// `https://schema.org/InStock`, `schema:InStock` and `InStock` all mean `InStock`.
    static func lastPart(_ name: String) -> String {
        let end = name.last == "/" ? name.dropLast() : name[...]
        let start = end.lastIndex { $0 == "/" || $0 == "#" || $0 == ":" }.map { end.index(after: $0) } ?? end.startIndex
        return String(end[start...])
    }
}
