import Markup

/// Finds what is for sale in a page's microdata and RDFa.
struct ItemGoods {
    private let items: [StructuredData.Item]
    private let document: Document
    /// By item: the product around it, if any.
    private var owners: [Int?] = []
    /// By item: whether it or one around it is an entry of a list or related to something else.
    private var areListed: [Bool] = []

    /// Looks at each item once: an item stands behind the one around it.
    private init(items: [StructuredData.Item], document: Document) {
        self.items = items
        self.document = document
        var areProducts: [Bool] = []
        for item in items {
            let isListed =
                item.role.map { Self.relatedRoles.contains($0) } == true
                || item.types.contains { $0 == "ItemList" || $0 == "ListItem" }
            areProducts.append(item.types.contains { Self.productTypes.contains($0.lowercased()) })
            areListed.append(isListed || item.parent.map { areListed[$0] } == true)
            owners.append(item.parent.flatMap { areProducts[$0] ? $0 : owners[$0] })
        }
    }

    static func find(_ survey: Survey) -> FoundGoods {
        let data = survey.data
        var goods = ItemGoods(items: data.microdata, document: survey.document).goods("microdata")
        if goods.isEmpty { goods = ItemGoods(items: data.rdfa, document: survey.document).goods("rdfa") }
        if goods.isEmpty, let loose = loose(data.loose, survey.document) { goods = [loose] }
        return FoundGoods(goods, survey)
    }

    private static let productTypes: Set<String> = [
        "product", "productgroup", "productmodel", "individualproduct", "vehicle", "car", "book", "softwareapplication",
        "mobileapplication", "event", "musicevent", "theaterevent", "creativework", "offer", "aggregateoffer",
    ]
    private static let relatedRoles: Set<String> = [
        "isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "itemListElement", "itemReviewed", "isConsumableFor",
    ]

    private func goods(_ path: String) -> [Goods] {
        var goods: [Goods] = []
        for (index, item) in items.enumerated() {
            let types = item.types.map { $0.lowercased() }
            guard types.contains(where: { Self.productTypes.contains($0) }) else { continue }
            let isOffer = types.contains { $0 == "offer" || $0 == "aggregateoffer" }
            guard goods.count < 500 else { break }
            // An offer of its own stands for what it offers; inside a product it belongs to it.
            if isOffer, owners[index] != nil { continue }
            goods.append(read(index, "\(path)[\(index)]", isOffer: isOffer))
        }
        return goods
    }

    private func read(_ index: Int, _ path: String, isOffer: Bool) -> Goods {
        let item = items[index]
        var found = Goods()
        found.name = item["name"]?.text.trimmedLine
        found.address = item["url"]?.text
        found.image = item["image"]?.text
        found.path = path
        found.node = item.node
        found.end = Int(document.nodes[item.node].end)
        found.isProduct = !isOffer
        found.isListed = areListed[index]
        if item.parent.flatMap({ items[$0].types.first }) == "Product", !isOffer { found.isListed = true }
        found.offers = offers(of: index, "\(path)")
        return found
    }

    private func offers(of index: Int, _ path: String) -> [Goods.Offer] {
        var offers = readOffers(items[index], path)
        for property in items[index].properties {
            guard let inner = property.item, inner > index, property.name.lowercased().hasPrefix("offer") else {
                continue
            }
            offers += self.offers(of: inner, "\(path).\(property.name)")
        }
        // Offers that stand inside the product without being named as its property.
        if offers.isEmpty {
            for (inner, item) in items.enumerated() where item.parent == index && item.role == nil {
                if item.types.contains(where: { $0.hasSuffix("Offer") }) {
                    offers += self.offers(of: inner, "\(path).offers")
                }
            }
        }
        return offers
    }

    /// One offer for each price of the item: shops put several into one scope.
    private func readOffers(_ item: StructuredData.Item, _ path: String) -> [Goods.Offer] {
        var base = Goods.Offer()
        base.currency = item["priceCurrency"]?.text
        base.availability = item["availability"]?.text
        base.low = item["lowPrice"]?.text
        base.high = item["highPrice"]?.text
        base.address = item["url"]?.text
        base.seller = item["seller"]?.text
        base.node = item["lowPrice"]?.node ?? item.node
        base.path = "\(path).lowPrice"
        base.isAggregate = base.low != nil
        base.isSpecial = Goods.Offer.isUsed(item["itemCondition"]?.text)
        let prices = item.properties.filter { $0.name == "price" && $0.item == nil && !$0.text.isEmpty }
        var offers = prices.prefix(50).map { price -> Goods.Offer in
            var offer = base
            offer.price = price.text
            offer.node = price.node
            offer.path = "\(path).price"
            return offer
        }
        if offers.isEmpty, base.low != nil || base.availability != nil { offers.append(base) }
        for property in item.properties where property.name == "priceSpecification" {
            guard let inner = property.item, offers.allSatisfy({ $0.price == nil }) else { continue }
            offers = readOffers(items[inner], "\(path).priceSpecification").map { offer in
                var offer = offer
                if offer.availability == nil { offer.availability = base.availability }
                if offer.currency == nil { offer.currency = base.currency }
                return offer
            }
        }
        return offers
    }

    /// Properties without any item around them.
    private static func loose(_ properties: [StructuredData.Property], _ document: Document) -> Goods? {
        func first(_ name: String) -> StructuredData.Property? {
            properties.first { $0.name == name && !$0.text.isEmpty }
        }
        guard let price = first("price") ?? first("lowPrice") else { return nil }
        // Many prices of nothing are those of many things.
        guard Set(properties.lazy.filter { $0.name == price.name }.map(\.text)).count <= 3 else { return nil }
        var found = Goods()
        found.name = first("name")?.text.trimmedLine
        found.image = first("image")?.text
        found.path = "microdata"
        found.node = price.node
        var offer = Goods.Offer()
        offer.price = price.text
        offer.currency = first("priceCurrency")?.text
        offer.availability = first("availability")?.text
        offer.node = price.node
        offer.path = "microdata.\(price.name)"
        found.offers = [offer]
        return found
    }
}
