import Markup

/// What the names that page authors give to elements (`class`, `id`) say about a price inside.
struct ClassWords: OptionSet {
    let rawValue: UInt16

    static let price = ClassWords(rawValue: 1)
    static let current = ClassWords(rawValue: 2)
    static let list = ClassWords(rawValue: 4)
    /// Not the price of one piece: per unit, per month, what is saved, what sending costs.
    static let partial = ClassWords(rawValue: 8)
    /// Other products.
    static let related = ClassWords(rawValue: 16)
    /// The page's frame: menu, cart, footer.
    static let frame = ClassWords(rawValue: 32)
    /// The place where the product is sold.
    static let product = ClassWords(rawValue: 64)
    static let cents = ClassWords(rawValue: 128)
    /// What is saved; beside `price` on one element it says nothing.
    static let saving = ClassWords(rawValue: 256)

    static func read(_ document: Document, _ node: Int) -> ClassWords {
        var words: ClassWords = []
        for name in [KnownName.class, .id] {
            document.withValue(of: name, at: node) { words.formUnion(read($0)) }
        }
        switch KnownName(rawValue: document.nodes[node].name) {
        case .nav, .footer: words.insert(.frame)
        case .aside: words.insert(.related)
        default: break
        }
        return words
    }

    /// Splits at everything but letters and at capital letters after small ones.
    static func read(_ text: UnsafeBufferPointer<UInt8>) -> ClassWords {
        var words: ClassWords = []
        var word = LetterWord()
        var isAfterSmall = false
        for byte in text.prefix(400) {
            let small = byte | 0x20
            guard small >= 0x61, small <= 0x7a else {
                words.formUnion(meaning(of: word))
                word = LetterWord()
                isAfterSmall = false
                continue
            }
            let isCapital = byte & 0x20 == 0
            if isCapital, isAfterSmall {
                words.formUnion(meaning(of: word))
                word = LetterWord()
            }
            word.append(small)
            isAfterSmall = !isCapital
        }
        words.formUnion(meaning(of: word))
        if text.contains("rice"), beside.contains(where: { text.contains($0) }) { words.insert(.list) }
        return words
    }

    /// Words that mean an old price only beside `price`: alone they mean a list of something, a weight of letters.
    private static let beside: [StaticString] = [
        "list-price", "list_price", "listPrice", "ListPrice", "price-list", "full-price", "full_price", "fullPrice",
        "regular-price", "regular_price", "regularPrice", "RegularPrice", "price-regular", "price--regular",
        "price-standard", "standard-price",
    ]

    private static func meaning(of word: LetterWord) -> ClassWords {
        guard word.count >= 2, word.count <= 20 else { return [] }
        return table[word] ?? []
    }

    private static let table: [LetterWord: ClassWords] = {
        var table: [LetterWord: ClassWords] = [:]
        for (flag, words) in texts {
            for word in words.split(whereSeparator: \.isWhitespace) {
                var key = LetterWord()
                for byte in word.utf8 { key.append(byte) }
                table[key, default: []].formUnion(flag)
            }
        }
        return table
    }()

    private static let texts: [(ClassWords, String)] = [
        (
            .price,
            """
            price prices pricing prc amount preis preise prix precio precios prezzo prezzi preco valor cena ceny pris hinta
            hind prijs pret kaina fiyat saleprice salesprice finalprice priceblock pricebox money oldprice listprice cost
            productprice pricetag
            """
        ),
        (
            .current,
            """
            sale current now final special offer promo our actual new buybox pay today main saleprice salesprice finalprice
            selling promotional akce aktualni aktualna nova aktion discounted reduced salesprice
            """
        ),
        (
            .list,
            """
            old barred was original strike striked strikethrough rrp msrp compare before crossed previous uvp retail
            through oldprice listprice suggested recommendedprice rek bezna puvodni precioanterior anterior antes statt
            avant barre crossedout linethrough lineththrough lastprice mrp normalprice formerprice former
            """
        ),
        (
            .partial,
            """
            unit ppu installment instalment installments instalments monthly month finance financing credit klarna affirm
            afterpay shipping delivery postage points coupon voucher rating ratings
            review reviews quantity qty warranty deposit fee fees leasing raten rate cuotas parcelas splatky insurance
            protection unitprice perunit cashback loyalty reward rewards subscription subscribe tradein measure
            """
        ),
        (
            .related,
            """
            related recommend recommends recommended recommendation recommendations recs similar carousel slider slick swiper
            owl upsell crosssell crossselling alsobought alsoviewed also sponsored recent recently viewed suggest suggestion
            suggestions suggested accessories accessory bought together fbt rail teaser teasers crossell bundle bundles
            similarities comparison alternatives others wishlist associated companion
            """
        ),
        (
            .frame,
            """
            nav navigation navbar header footer menu minicart minibasket topbar sidebar search filter filters facet facets
            cookie newsletter drawer breadcrumb breadcrumbs megamenu flyout
            """
        ),
        (
            .product,
            "pdp buybox product detail details summary productdetail productinfo productdetails producto produkt prodotto offer buy purchase addtocart"
        ),
        (.cents, "cents cent fraction decimal decimals sup centimes penny pence haler fractional"),
        (.saving, "save saving savings saved discount rebate benefit bonus percent badge"),
    ]
}
