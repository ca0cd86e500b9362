/// The words behind `Phrase`: separated by bars, in small letters; `*` after a stem to which letters may be added.
enum PhraseTable {
    /// Longer phrases first, so that “not in stock” is not read as “in stock”.
    static let byFirstByte: [[PhraseEntry]] = {
        var table = [[PhraseEntry]](repeating: [], count: 256)
        for (phrase, text) in texts {
            for entry in text.split(whereSeparator: { $0 == "|" || $0 == "\n" }) {
                let isStem = entry.last == "*"
                let bytes = Array((isStem ? entry.dropLast() : entry).utf8)
                guard let first = bytes.first else { continue }
                table[Int(first)].append(PhraseEntry(phrase: phrase, bytes: bytes, isStem: isStem))
            }
        }
        return table.map { $0.sorted { $0.bytes.count > $1.bytes.count } }
    }()

    private static let texts: [(Phrase, String)] = [
        (.outOfStock, outOfStock), (.inStock, inStock), (.buy, buy), (.listPrice, listPrice), (.saving, saving),
        (.unit, unit), (.instalment, instalment), (.shipping, shipping), (.related, related), (.least, least),
        (.sorting, sorting), (.notSold, notSold), (.onRequest, onRequest),
        (
            .discontinued,
            "discontinued|no longer available|no longer sold|eingestellt|nicht mehr lieferbar|販売終了|已下架|снят с производства"
        ),
        (
            .preorder,
            "pre-order|preorder|pre order|vorbestell*|précommande*|preventa|reserva ahora|pre-ordina|предзаказ|予約"
        ),
        (
            .currentPrice,
            "now|sale price|our price|your price|price now|special price|jetzt|aktionspreis|nur noch|prix promo|ahora|oferta|precio oferta|adesso|ora|nu|teraz|akce|akcia|цена|новая цена|current price|deal price|sale"
        ),
        (
            .notFound,
            "page not found|404|not found|seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata|страница не найдена|can't find that page|page can't be found|page doesn't exist|page does not exist"
        ),
        (
            .withoutTax,
            "bez dph|excl. vat|excl vat|ex vat|ex. vat|exc vat|excluding vat|plus vat|+ vat|excl. tax|ex tax|zzgl. mwst|"
                + "ohne mwst|netto|hors taxe*|ht|sin iva|+ iva|iva esclusa|excl. btw|bez vat|без ндс|ex. moms|exkl. moms|"
                + "ekskl. moms|alv 0|nettó|fără tva|fara tva"
        ),
        (
            .member,
            "member price|members only|members|member's price|with prime|prime member*|with card|club price|clubcard price|nectar price|"
                + "kundenkarte|mit karte|mitglieder*|con tarjeta|rewards member*|prix membre*|prix adhérent*|precio socio*|"
                + "prezzo soci|medlemspris|medlemmer|ledenprijs|cena klubowa|s kartou|по карте|会员价|會員價|会員価格|회원가"
        ),
    ]

    private static let least = """
        from|as low as|starting at|starts at|starting from|and up|onwards|upwards|average price|ab|schon ab|à partir de|dès|a partir de|desde
        da|a partire da|vanaf|från|fra|alkaen|alates|nuo|de la|od|už od|již od|от|від|средняя цена|από|החל מ*|最低價|最低价|起|より|から|부터
        """

    /// The ways to sort a list of products by price; not “lowest price”, which shops say of one product.
    private static let sorting = """
        price low to high|price - low to high|price: low to high|price (low to high)|price, low to high|price ascending
        price: lowest first|lowest price first|preis aufsteigend|preis: niedrig|prix croissant|prix croissants|prix: bas
        precio: de menor|precio de menor|precio ascendente|prezzo crescente|dal più economico|preço crescente
        prijs oplopend|prijs laag|cena rosnąco|ceny rosnąco|od najtańszych|cena: od najniższej|od nejlevnějších
        od najlacnejších|ár szerint növekvő|preț crescător|preț crescator|pris lav|halvin ensin|hinta nouseva|odavamad enne
        по возрастанию цены|цена по возрастанию|сначала дешев*|сначала недорогие|від дешевих|artan fiyat|מחיר: מהנמוך
        מחיר מהנמוך|מהזול ליקר|価格が安い|価格の安い順|価格: 安い順|安い順|价格从低到高|价格由低到高|價格由低到高|낮은가격순|낮은 가격순
        가격 낮은순
        """

    /// Ends of sentences that it can't be bought, which count though a button that buys is kept for a script.
    private static let notSold = """
        can't be purchased|cannot be purchased|can't be bought|cannot be bought|can no longer be ordered|cannot be ordered
        kann nicht bestellt werden|kann derzeit nicht bestellt werden|derzeit nicht bestellt werden|kann nicht gekauft werden|derzeit nicht bestellbar
        nicht mehr bestellbar|ne peut pas être acheté|ne peut être commandé|n'est plus en vente|no se puede comprar
        ya no está a la venta|non è acquistabile|non acquistabile|não pode ser comprado|niet te bestellen|nie można kupić
        nie można zamówić|nelze koupit|nelze objednat|nie je možné kúpiť|nie je možné produkt kúpiť|nedá sa kúpiť
        nem vásárolható|nem rendelhető meg|nu poate fi cumpărat|kan inte köpas|kan ikke købes|kan ikke bestilles
        ei voi ostaa|нельзя купить|купить нельзя|购买不可|無法購買|无法购买|購入できません|구매할 수 없
        """

    private static let onRequest = """
        call for price|call for pricing|price on request|price upon request|request a quote|request price|ask for price
        contact us for price|contact us for pricing|contact for price|preis auf anfrage|auf anfrage|prix sur demande
        nous consulter|precio a consultar|consultar precio|solicitar precio|prezzo su richiesta|preço sob consulta
        sob consulta|prijs op aanvraag|cena na zapytanie|zapytaj o cenę|cena na dotaz|cena na vyžiadanie|ár egyeztetés
        preț la cerere|pris på förfrågan|pris på forespørsel|pris på anmodning|hinta pyydettäessä|цена по запросу
        уточняйте цену|ціна за запитом|fiyat sorunuz|τιμή κατόπιν|電洽|价格面议|面议|價格面議|価格はお問い合わせ|要問合せ|가격문의
        """

    private static let outOfStock = """
        out of stock|out-of-stock|sold out|soldout|currently unavailable|temporarily unavailable|not available|unavailable
        not in stock|item is unavailable|currently not available|not currently available|isn't available|notify me when available
        email me when available|notify when available|notify me when in stock|currently out|has been sold|temporarily out
        ausverkauft|nicht verfügbar|nicht auf lager|nicht vorrätig|nicht lieferbar|vergriffen|leider ausverkauft
        rupture de stock|en rupture|indisponible|épuisé|victime de son succès|non disponible
        agotado|sin stock|no disponible|fuera de stock|sin existencias|no hay existencias
        esaurito|non disponibile|non è disponibile|terminato
        esgotado|indisponível|fora de estoque|sem estoque|produto indisponível
        uitverkocht|niet op voorraad|niet leverbaar|niet beschikbaar
        niedostępny|produkt niedostępny|brak w magazynie|wyprzedan*|chwilowo niedostępn*
        vyprodáno|není skladem|nedostupn*|vypredan*|nie je skladom|nie je na sklade
        elfogyott|nincs raktáron|nincs készleten|nem rendelhető
        stoc epuizat|indisponibil|nu este in stoc|nu este în stoc|stoc 0
        slutsåld|slut i lager|ej i lager|udsolgt|ikke på lager|utsolgt|loppuunmyyty|ei varastossa|loppu varastosta
        läbi müüdud|ei ole saadaval|ei ole laos|izpārdots|nav pieejams|išparduota
        нет в наличии|нет в продаже|снят с продажи|распродано|товар закончился|нет на складе|временно отсутствует|немає в наявності|изчерпан
        stokta yok|tükendi|stoklarda yok|εξαντλημένο|μη διαθέσιμο
        אזל מהמלאי|אינו במלאי|לא במלאי|חסר במלאי|אזל המלאי|غير متوفر|نفدت الكمية|نفذت الكمية
        在庫切れ|売り切れ|品切れ|在庫なし|缺货|售罄|无货|缺貨|售完|已售完|補貨中|无库存|품절|일시품절|재고없음
        """

    private static let inStock = """
        in stock|available now|in-stock|ready to ship|ships today|available to ship|auf lager|sofort lieferbar|lieferbar|vorrätig
        verfügbar|en stock|disponible|disponibile|disponibilità immediata|em estoque|disponível|op voorraad|leverbaar
        skladem|na sklade|skladom|dostępny|w magazynie|raktáron|készleten|in stoc|în stoc|på lager|i lager|varastossa
        laos|pieejams|yra sandėlyje|в наличии|есть на складе|на складе|в наявності|stokta var|stokta|διαθέσιμο|במלאי|זמין במלאי
        متوفر|在庫あり|有货|现货|現貨|有庫存|재고있음
        """

    private static let buy = """
        add to cart|add to bag|add to basket|add to trolley|add to order|buy now|buy it now|add to shopping bag|buy tickets
        add to shopping cart|place bid|make offer|in den warenkorb|in den einkaufswagen|jetzt kaufen|in den einkaufskorb
        zum warenkorb hinzufügen|ajouter au panier|acheter|je l'achète|acheter maintenant|añadir al carrito|añadir a la cesta
        agregar al carro|agregar al carrito|agregar a la bolsa|comprar|comprar ahora|comprar agora|añadir a la bolsa
        aggiungi al carrello|acquista|acquista ora|compralo subito|adicionar ao carrinho|adicionar|in winkelwagen
        in winkelmandje|toevoegen aan winkelwagen|do koszyka|dodaj do koszyka|kup teraz|do košíku|vložit do košíku
        přidat do košíku|do košíka|vložiť do košíka|pridať do košíka|kúpiť|koupit|kosárba|kosárba teszem|adaugă în coș
        adauga in cos|adaugă în coş|lägg i varukorg|lägg i varukorgen|læg i kurv|legg i handlekurv|kjøp|köp|köb
        lisää ostoskoriin|lisää koriin|osta|lisa ostukorvi|lisa korvi|ielikt grozā|į krepšelį|в корзину|добавить в корзину
        купить|купити|до кошика|у кошик|купи|sepete ekle|satın al|hemen al|προσθήκη στο καλάθι|הוסף לסל|הוספה לסל|קנה עכשיו
        לרכישה|أضف إلى السلة|اشتر الآن|カートに入れる|買い物かごに入れる|今すぐ購入|加入购物车|立即购买|加入購物車|立即購買|直接購買
        放入购物车|장바구니|구매하기|바로구매
        """

    private static let listPrice = """
        was|rrp|r.r.p.|msrp|m.s.r.p.|list price|regular price|reg.|reg price|original price|originally|old price|previous price
        compare at|compare to|retail price|retail|typical price|before|srp|mrp|m.r.p.|normal price|suggested retail
        uvp|statt|bisher|unverb. preisempf*|vorher|früher|alter preis|ehemaliger|au lieu de|prix conseillé|prix public
        ancien prix|prix de base|avant|antes|precio anterior|pvp|p.v.p.|pvpr|precio normal|precio original|precio lista|normal
        prezzo di listino|listino|invece di|prezzo consigliato|prezzo precedente|preço original|preço normal|adviesprijs
        van|normaal|cena regularna|najniższa cena|stara cena|cena katalogowa|poprzednia cena|běžná cena|původní cena
        bežná cena|pôvodná cena|bežne|predtým|eredeti ár|régi ár|pret vechi|preț vechi|prp|pvr|ord. pris|ordinarie pris
        ordinarie|førpris|vejl. pris|veil. pris|før|norm.|normaalihinta|ovh|tavahind|soovituslik hind|старая цена|старая
        обычная цена|без скидки|стара ціна|piyasa fiyatı|eski fiyat|αρχική τιμή|原價|市價|定價|市场价|原价|建議售價|参考価格
        通常価格|メーカー希望|定価|정가|مpрежде|מחיר מחירון|מחיר רגיל|במקום
        """

    private static let saving = """
        save|you save|saving|savings|saved|discount|off|rabatt|sie sparen|sparen|ersparnis|du sparst|économisez|économie|remise
        de réduction|ahorra|ahorras|ahorro|descuento|dto|risparmi|risparmio|sconto|economize|desconto|bespaar|korting|je bespaart
        oszczędzasz|oszczędność|rabat|taniej|ušetříte|ušetříš|sleva|ušetríte|zľava|megtakarítás|kedvezmény|reducere|economisești
        economisesti|spara|du sparar|spar|besparelse|säästä|alennus|säästad|soodustus|скидка|экономия|выгода|вы экономите|знижка
        indirim|έκπτωση|הנחה|חסכת|折扣|省|立减|優惠券|割引|할인|cashback|cash back|coupon|gutschein|bonus|points|punkte|gift card
        trade-in|up to
        """

    private static let unit = """
        per kg|/kg|/ kg|pro kg|je kg|/100|/ 100|per 100|pro 100|je 100|per litre|per liter|/litre|/l|/ l|/ltr|/m²|/ m²|/ m2|/m2
        per m²|/ea|/ each|/ 1 l|/1 l|/ 1 kg|/1kg|/1 kg|per unit|unit price|grundpreis|le kilo|au kilo|prix au|per oz|/oz|/ oz|/lb
        / lb|per lb|/count|/ count|per count|/fl oz|/ounce|per sheet|za kg|za 1|/ szt|/ks|/ ks|/ stk|kilopris|jmf-pris|jfr-pris
        vertailuhinta|hinta per|ühiku hind|за кг|/кг|/шт|/100 ml|/100ml|/ 100ml|/ 100 ml|/100g|/ 100g|/ 100 g|al kg|€/kg|€/l
        price per|per piece|/piece|/pièce|/stück|pro stück
        """

    private static let instalment = """
        /mo|/mo.|/ mo|/month|/ month|per month|monthly|a month|p/m|/mth|per week|/week|a week|instalment*|installment*|payments of
        interest-free|interest free|finance|financing|financed|klarna|afterpay|affirm|clearpay|zip pay|sezzle|laybuy|paypal credit
        mtl|mtl.|monatlich|im monat|monatsrate|monatsraten|rate|raten|ratenzahlung|/monat|/ monat|ratenkauf|finanzierung
        cuotas|cuota|al mes|/mes|mensuales|mensual|meses sin intereses|msi|financia|parcelas|em até|sem juros|mensualités|par mois
        /mois|en 3x|en 4x|3x|4x|al mese|rate da|a rate|per maand|/mnd|měsíčně|mesačne|na splátky|splátky|splátk*|miesięcznie
        raty|rat|rata|havi|rate lunare|lunar|/lună|i månaden|/mån|/md|per måned|md.|delbetal*|kk|/kk|kuumakse|järelmaks|osamaks*
        в месяц|рассрочк*|/мес|кредит|в кредит|ayda|taksit|分期|月供|期|月々|할부|תשלומים|תשלום
        """

    private static let shipping = """
        shipping|delivery|postage|p&p|deliver|handling|import fees|orders over|orders above|order over|minimum order|versand
        versandkosten|lieferung|lieferkosten|zzgl|versandkostenfrei ab|ab einem|livraison|frais de port|envío|envíos|envio
        gastos de envío|despacho|retiro|spedizione|spese di spedizione|consegna|frete|entrega|portes|verzending|bezorging
        verzendkosten|dostawa|wysyłka|przesyłka|doprava|doručení|doručenie|szállítás|livrare|transport|frakt|leverans|fragt
        levering|toimitus|toimituskulut|tarne|transport*|доставка|доставки|самовывоз|доставим|kargo|teslimat|משלוח|الشحن|التوصيل
        運費|运费|配送|送料|배송|배송비|estimated tax|import charges|warranty|protection plan|garantie|assurance|garanzia|záruka
        protection|insurance|installation|service
        """

    private static let related = """
        related products|related items|you may also like|you might also like|you might like|customers also|customers who
        similar items|similar products|similar|recommended for you|recommended|recommendations|frequently bought|bought together
        people also|people who|recently viewed|sponsored|sponsored products|more like this|others also|also viewed|also bought
        complete the look|goes well with|pair it with|shop similar|compare with|compare similar|inspired by|explore more
        more from this seller|more items to|products related|top picks|best sellers|you'll also|wear it with|accessories
        ähnliche produkte|ähnliche artikel|kunden kauften|kunden haben|kunden, die|das könnte|könnte dir|auch interessant|zubehör
        passend dazu|passende|wird oft zusammen|zuletzt angesehen|gesponsert|empfehlungen|alternativen|weitere artikel
        vous aimerez|articles similaires|produits similaires|produits associés|les clients|vous pourriez|souvent achetés
        productos relacionados|relacionados|similares|también te|clientes que|también compraron|te puede interesar|otros clientes
        recomendados|patrocinados|vistos recientemente|potrebbe|correlati|prodotti simili|i clienti|spesso acquistati|suggeriti
        ti potrebbe|produtos relacionados|quem viu|você também|gerelateerde|anderen bekeken|ook interessant|vergelijkbare
        podobne produkty|polecane|inni klienci|klienci kupili|zobacz także|podobné|súvisiace|související|mohlo by|zákazníci
        odporúčame|doporučujeme|príslušenstvo|příslušenství|hasonló|kapcsolódó|produse similare|alți clienți|clientii|recomandate
        liknande|andra köpte|tillbehör|lignende|andre købte|tilbehør|muut ostivat|samankaltaiset|suositte*|sarnased|seotud
        похожие|рекомендуем|с этим товаром|вместе с|вам может|также покупают|аналоги|недавно|просмотренные|схожі|benzer
        birlikte|ilgili ürünler|מוצרים נוספים|מוצרים דומים|אולי יעניין|相關|推薦|你可能|猜你喜欢|看了又看|关联|同类|関連|おすすめ
        この商品を|추천|관련상품|함께
        """
}
