import Markup

/// The offers of one thing in JSON-LD.
enum JSONLDOffers {
    static func offers(of product: JSONValue, path: String) -> [Goods.Offer] {
        var offers: [Goods.Offer] = []
        for key in ["offers", "Offers", "offer"] {
            guard let value = product[key] else { continue }
            for (index, offer) in value.list.prefix(500).enumerated() {
                let isList = if case .array = value { true } else { false }
                let place = isList ? "\(path).\(key)[\(index)]" : "\(path).\(key)"
                offers += read(offer, path: place, depth: 0)
            }
        }
        if offers.isEmpty, product["price"]?.text != nil { offers += read(product, path: path, depth: 0) }
        return offers
    }

    private static func read(_ value: JSONValue, path: String, depth: Int) -> [Goods.Offer] {
        guard case .object = value, depth < 4 else { return [] }
        var offer = Goods.Offer()
        let types = JSONLDGoods.types(value)
        offer.price = text(value["price"]) ?? text(value["Price"])
        offer.low = text(value["lowPrice"])
        offer.high = text(value["highPrice"])
        offer.currency = text(value["priceCurrency"])
        offer.availability = text(value["availability"])
        offer.address = text(value["url"])
        offer.name = text(value["name"])
        offer.seller = text(value["seller"]) ?? text(value["seller"]?["name"]) ?? text(value["offeredBy"]?["name"])
        offer.path = path + (offer.price == nil && offer.low != nil ? ".lowPrice" : ".price")
        offer.isAggregate = types.contains("aggregateoffer") || offer.low != nil
        offer.isSpecial = Goods.Offer.isUsed(text(value["itemCondition"])) || isForMany(value)
        specify(&offer, value["priceSpecification"], path)
        var offers = [offer]
        for (index, inner) in (value["offers"]?.list ?? []).prefix(200).enumerated() {
            offers += read(inner, path: "\(path).offers[\(index)]", depth: depth + 1)
        }
        // An aggregate's own words stand before those of its parts; without a price it only carries them.
        if offers.count > 1, !offer.hasPrice, offer.availability == nil { offers.removeFirst() }
        return offers
    }

    /// Takes what price specifications add: the price itself where the offer names none, the list price.
    private static func specify(_ offer: inout Goods.Offer, _ value: JSONValue?, _ path: String) {
        for (index, specification) in (value?.list ?? []).prefix(20).enumerated() {
            let kind = specification["priceType"]?.text.map { ItemName.lastPart($0).lowercased() } ?? ""
            guard let price = text(specification["price"]) ?? text(specification["minPrice"]) else { continue }
            if ["listprice", "strikethroughprice", "srp", "msrp", "suggestedretailprice", "regularprice"].contains(kind)
            {
                offer.listPrice = price
            } else if offer.price == nil, offer.low == nil, !isPartial(specification) {
                offer.price = price
                offer.path = "\(path).priceSpecification[\(index)].price"
            } else {
                continue
            }
            if offer.currency == nil { offer.currency = text(specification["priceCurrency"]) }
        }
    }

    /// A price per kilogram or month, or what sending costs.
    private static func isPartial(_ specification: JSONValue) -> Bool {
        let types = JSONLDGoods.types(specification)
        if types.contains("deliverychargespecification") || types.contains("paymentchargespecification") { return true }
        if isForMany(specification) || specification["billingDuration"] != nil
            || specification["billingIncrement"] != nil
        {
            return true
        }
        guard let reference = specification["referenceQuantity"] else { return false }
        let unit = reference["unitCode"]?.text ?? reference["unitText"]?.text ?? ""
        return !["", "C62", "EA", "H87", "piece"].contains(unit)
    }

    /// Asked only of who takes more than one piece.
    private static func isForMany(_ value: JSONValue) -> Bool {
        let least = value["eligibleQuantity"]?["minValue"] ?? value["eligibleQuantity"]?["value"]
        return least?.text.flatMap(Double.init).map { $0 > 1 } ?? false
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard let text = value?.list.first?.text.map({ HTMLEntities.decode($0).trimmedLine }), !text.isEmpty else {
            return nil
        }
        return text
    }
}
