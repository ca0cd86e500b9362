import Model
import Testing

/// Which currency a text names.
struct PriceTextCurrencyTests {
    @Test(arguments: [
        ("€12.50", "EUR"), ("12,50 EUR", "EUR"), ("12,50 euro", "EUR"), ("12.50eur", "EUR"), ("£12.50", "GBP"),
        ("US$12.50", "USD"), ("US $12.50", "USD"), ("USD12.50", "USD"), ("$12.50 USD", "USD"), ("U$S 12,50", "USD"),
        ("A$12.50", "AUD"), ("AU$ 12.50", "AUD"), ("C$12.50", "CAD"), ("CA$12.50", "CAD"), ("$12.50 CAD", "CAD"),
        ("NZ$12.50", "NZD"), ("S$12.50", "SGD"), ("SGD$12.50", "SGD"), ("$ SGD12.50", "SGD"), ("HK$12.50", "HKD"),
        ("NT$125", "TWD"), ("Mex$12.50", "MXN"), ("MX$12.50", "MXN"), ("R$ 12,50", "BRL"), ("S/ 12.50", "PEN"),
        ("S/.12.50", "PEN"), ("RD$12.50", "DOP"), ("$U 125", "UYU"), ("₡1250", "CRC"), ("₲ 125.000", "PYG"),
        ("12,50 zł", "PLN"), ("12,50 Kč", "CZK"), ("1 250 Ft", "HUF"), ("12,50 lei", "RON"), ("12,50 лв.", "BGN"),
        ("1 250 руб.", "RUB"), ("1250 ₽", "RUB"), ("125 р.", "RUB"), ("125 Р", "RUB"), ("125 грн.", "UAH"),
        ("125 ₴", "UAH"), ("1250 ₸", "KZT"), ("12,50 ₾", "GEL"), ("1250 дин", "RSD"), ("125 ден", "MKD"),
        ("12,50 TL", "TRY"), ("₺12,50", "TRY"), ("CHF 12.50", "CHF"), ("12.50 sFr.", "CHF"), ("1250円", "JPY"),
        ("36元人民币", "CNY"), ("1,250원", "KRW"), ("₩1,250", "KRW"), ("12.500 ₫", "VND"), ("12.500đ", "VND"),
        ("฿125", "THB"), ("125 บาท", "THB"), ("Rp 12.500", "IDR"), ("RM12.50", "MYR"), ("₱125", "PHP"),
        ("₹125", "INR"), ("৳125", "BDT"), ("नेरू 125", "NPR"), ("₪12.50", "ILS"), ("35 ש״ח", "ILS"),
        ("12.50 د.إ.", "AED"), ("AED 12.50", "AED"), ("12.50 ر.س.", "SAR"), ("12.50 ج.م.", "EGP"),
        ("12.500 د.ك.", "KWD"), ("12.50 ر.ق", "QAR"), ("125 د.م.", "MAD"), ("125 دج", "DZD"), ("۱۲۵ ریال", "IRR"),
        ("R 12.50", "ZAR"), ("R1 250,00", "ZAR"), ("KSh 125", "KES"), ("TSh 1,250", "TZS"), ("₦1,250", "NGN"),
        ("GH₵12.50", "GHS"), ("1 250 so'm", "UZS"), ("Price (EUR): 12.50", "EUR"), ("EUR: 12.50", "EUR"),
        ("12.50 (EUR)", "EUR"), ("12,50 €HT", "EUR"), ("12.50 inkl. MwSt. CHF", "CHF"),
    ])
    func `reads codes, signs and words before and behind the amount`(text: String, code: String) throws {
        guard case .money(let money) = PriceText.read(text) else {
            Issue.record("“\(text)” was read as \(PriceText.read(text)).")
            return
        }
        #expect(money.currency.code == code)
    }

    @Test(arguments: [
        "$12.50", "12,50 kr", "Rs 125", "¥125", "125元", "125 FCFA", "Br 125", "125 Dhs", "12.50", "125 ₿",
    ])
    func `leaves a shared sign open`(text: String) {
        guard case .amount = PriceText.read(text) else {
            Issue.record("“\(text)” was read as \(PriceText.read(text)).")
            return
        }
    }

    @Test(arguments: [
        ("$12.50", "ca", "CAD"), ("$12.50", "com.au", "AUD"), ("$12.50", "shop.example.com.au", "AUD"),
        ("$12.500", "cl", "CLP"), ("$12.50", "com.co", "COP"), ("129 kr", "dk", "DKK"), ("129 kr", "se", "SEK"),
        ("129 kr", "no", "NOK"), ("£12.50", "co.uk", "GBP"), ("Rs 125", "pk", "PKR"), ("¥125", "jp", "JPY"),
        ("¥125", "cn", "CNY"), ("125 lei", "md", "MDL"), ("12 руб.", "by", "BYN"), ("L 125.00", "hn", "HNL"),
        ("C$125", "com.ni", "NIO"), ("€12.50", "ca", "EUR"),
    ])
    func `lets the domain decide between currencies that share a sign`(text: String, domain: String, code: String) {
        #expect(currency(text, .init(topLevelDomain: domain)) == code)
    }

    @Test(arguments: ["co", "io", "ai", "tv", "com", "shop", ""])
    func `takes a domain that is sold to everyone for no country`(domain: String) {
        #expect(currency("$12.50", .init(topLevelDomain: domain)) == nil)
    }

    @Test(
        arguments: [
            ("$12.50", "en-CA", "CAD"), ("$12.50", "zh_Hant_TW", "TWD"), ("$12.50", "zh-Hant", "TWD"),
            ("129 kr", "nb", "NOK"),
            ("129 kr", "sv", "SEK"), ("129 kr.", "da-DK", "DKK"), ("¥125", "zh", "CNY"), ("¥125", "ja", "JPY"),
            ("$12.50", "en", nil), ("$12,50", "es", nil), ("12.50", "de-DE", nil), ("12.50", "x", nil),
            ("12.50", "", nil),
        ] as [(String, String, String?)]
    )
    func `lets the locale decide between currencies that share a sign`(text: String, locale: String, code: String?) {
        #expect(currency(text, .init(locale: locale)) == code)
    }

    @Test(
        arguments: [
            ("12.50", "€", "EUR"), ("12.50", "USD", "USD"), ("12.50", "usd", "USD"), ("12.50", "руб.", "RUB"),
            ("12.50", "Р", "RUB"), ("12.50", "DKK/stk", "DKK"), ("12.50", "Price from £ 39.95", "GBP"),
            ("12.50", "Pris NOK 899,00", "NOK"), ("$12.50", "CAD", "CAD"), ("€12.50", "USD", "EUR"),
            ("12.50", "TRY", "TRY"),
            ("12.50", "ID:", nil), ("12.50", "try", nil), ("12.50", "SALE ALL", nil), ("12.50", "Code", nil),
            ("12.50", "$", nil), ("$12.50", "EUR", nil),
        ] as [(String, String, String?)]
    )
    func `takes what stands near the price as a hint`(text: String, hint: String, code: String?) {
        #expect(currency(text, .init(currencyHint: hint)) == code)
    }

    @Test(
        arguments: [
            ("12.50", nil, "EUR", "EUR"), ("12.50", "$", "EUR", nil), ("12.50", "$", "CAD", "CAD"),
            ("$12.50", nil, "CAD", "CAD"),
            ("$12.50", nil, "EUR", nil), ("£12.50", nil, "EUR", "GBP"), ("12.50", "GBP", "EUR", "GBP"),
        ] as [(String, String?, String, String?)]
    )
    func `uses the default only where text and hint name nothing else`(
        text: String,
        hint: String?,
        standard: String,
        code: String?
    ) {
        #expect(currency(text, .init(currencyHint: hint, defaultCurrency: Currency(code: standard))) == code)
    }

    @Test func `trusts the domain more than the locale`() {
        #expect(currency("$12.50", .init(locale: "en-US", topLevelDomain: "ca")) == "CAD")
    }

    @Test(
        arguments: [
            ("€", nil, "EUR"), ("eur", nil, "EUR"), ("kr", "dk", "DKK"), ("kr", nil, nil), ("Preis in CHF", nil, "CHF"),
            ("", nil, nil), ("12.50", nil, nil), ("TOP", nil, "TOP"), ("top", nil, nil), ("SALE ALL", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `names the currency of a sign alone`(text: String, domain: String?, code: String?) {
        #expect(PriceText.currency(text, in: .init(topLevelDomain: domain))?.code == code)
    }

    @Test(
        arguments: [
            ("de-CH", "CHF"), ("de", "EUR"), ("en", nil), ("en_NG", "NGN"), ("sr_Latn_RS", "RSD"), ("xx", nil),
        ] as [(String, String?)]
    )
    func `knows the currency of a locale`(locale: String, code: String?) {
        #expect(Region.region(locale: locale)?.currency?.code == code)
    }

    private func currency(_ text: String, _ context: PriceText.Context) -> String? {
        guard case .money(let money) = PriceText.read(text, in: context) else { return nil }
        return money.currency.code
    }
}
