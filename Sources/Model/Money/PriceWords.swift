/// Words around numbers that say what a number is, in the languages of the shops.
enum PriceWords {
    /// Whether the text says nothing but that the thing costs nothing.
    static func meanFree(_ line: PriceLine) -> Bool {
        var words: [WordKey] = []
        for index in line.tokens.indices where !line.tokens[index].isBlank {
            switch line.tokens[index].kind {
            case .word: words.append(line.word(index))
            case .mark: continue
            default: return false
            }
        }
        if let first = words.first, words.count == 2, before.contains(first) { words.removeFirst() }
        return words.count == 1 && words.allSatisfy(free.contains)
    }

    static let free = list(
        """
        free gratis gratuit gratuite gratuito gratuita grátis kostenlos kostenfrei umsonst zdarma zadarmo darmowe darmowy
        bezpłatnie бесплатно безкоштовно безплатно ücretsiz bedava ingyen ingyenes ilmainen ilmaiseksi tasuta bezmaksas
        nemokama nemokamai besplatno brezplačno δωρεάν مجاني مجانا رایگان חינם 無料 免费 免費 무료 ฟรี मुफ़्त miễn
        """
    )

    /// Words that stand before a price and say nothing else.
    static let before = list(
        """
        price prices from now only our your sale special regular list retail total subtotal sum amount cost rrp msrp srp rp
        today's was for just at offer deal buy inc incl starting as low estimate est approx about around
        preis ab nur jetzt statt uvp unser ihr aktionspreis angebot sonderpreis einzelpreis gesamt summe ca für
        prix de à partir dès seulement notre votre maintenant prezzo da solo ora precio desde sólo ahora oferta preço por
        apenas agora prijs vanaf nu voor voor slechts pris från fra kun nu ord ordinarie hinta alk vain nyt hind alates
        cena od tylko teraz naše naša běžná bežná nasa cijena od samo již jen akční pôvodná původní ár csak most preț pret
        pretul doar цена от до за только сейчас ціна від ціни лише τιμή από μόνο fiyat fiyatı sadece τιμη kaina nuo cena no
        harga dari hanya giá từ chỉ ราคา 价格 价 售价 价钱 現價 價格 価格 価格は 税込 定価 特価 가격 판매가 정가 السعر سعر من
        قیمت מחיר כולל कीमत मूल्य p.v.p pvp pvr ttc ht vat tax
        """
    )

    /// Words that join the two ends of a range.
    static let between = list("to bis à a až do til till tot til upto до و to ~ до – ile tot en")

    /// What stands behind an amount of something else.
    static let units = list(
        """
        g kg mg lb lbs oz t l ml cl dl gal qt pt m mm cm km in inch inches ft yd w kw kwh wh mah uhr am pm hz mhz ghz kb mb gb tb
        mp px dpi db rpm kcal kj °c °f cal h hr hrs hour hours min mins sec s day days week weeks month months year years
        x pc pcs pieces piece pack packs st stk stck stück ks szt pz pcs/ud uds unidades шт уп см мм м кг г мл л гб тб вт
        jahre jahr monate monat tage tag stunden std ans mois jours heures años meses días anni mesi giorni лет года месяцев
        дней star stars sterne reviews review ratings rating bewertungen bewertung products items item artikel results
        options people left units sets points punkte sold views likes customers 件 个 個 台 本 枚 年 月 日 点 点数 개 명 년 월 일
        """
    )

    /// Words that scale the number before them.
    static let scales = list(
        """
        k mio mrd million millions billion billions mln mld bn lakh lakhs lac crore crores cr тыс млн млрд tys tis tisíc mil
        milhões millones millions tỷ triệu ngàn nghìn rb ribu juta jt 万 萬 億 亿 千 만 억 천 هزار میلیون ألف مليون
        """
    )

    /// The amount behind these is what is saved, not what is paid.
    static let savings = list(
        """
        save saving savings saved discount off rabatt rabat spare sparen spar ersparnis gespart économisez économie remise
        ahorra ahorras ahorro descuento risparmi risparmia risparmio sconto desconto economize poupe bespaar bespaart korting
        ušetříte ušetřete sleva zľava ušetríte oszczędzasz zniżka скидка экономия выгода знижка säästä säästät alennus spara
        sparar besparelse indirim kedvezmény reducere economisești έκπτωση cashback
        """
    )

    /// The amount behind these is what the thing cost before.
    static let former = list(
        """
        was before instead statt vorher bisher uvp rrp msrp avant ancien prima antes van vorige förr før aiemmin původně
        předtím było wcześniej раньше было prieš varem régen
        """
    )

    /// The amount behind these is what the thing costs now.
    static let current = list(
        """
        now only jetzt nur maintenant ora adesso ahora agora nu nå nyt teraz nyní již сейчас теперь acum most dabar nüüd
        """
    )

    /// The amount beside these is for bringing the thing.
    static let shipping = list(
        """
        shipping delivery postage p&p versand versandkosten lieferung livraison envío envio frete spedizione verzending
        verzendkosten doprava poštovné dostawa wysyłka доставка frakt fragt toimitus szállítás livrare kargo
        """
    )

    /// Words for hundredths, behind the two digits of `12 zł 50 gr`.
    static let hundredths = list("c ct cent cents cts gr groszy коп к bani stot hal h ore øre p kuruş krş λεπτά")

    /// Words behind which the amount still belongs to the word before: `save up to $5`.
    static let fillers = list("up to bis zu jusqu'à hasta of von an extra")

    static let percent = list("percent prozent procent процентов процента")

    /// Words behind an amount that is taken off the price: `5 $ off`.
    static let takenOff = list("off")

    private static func list(_ text: String) -> Set<WordKey> {
        Set(text.split(whereSeparator: \.isWhitespace).compactMap { WordKey($0) })
    }
}
