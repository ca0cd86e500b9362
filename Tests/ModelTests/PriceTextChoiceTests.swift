import Model
import Testing

/// Which number of a text is its price, and which texts have none.
struct PriceTextChoiceTests {
    @Test(arguments: [
        ("from $12.50", "12.50"), ("ab 12,50 €", "12.50 EUR"), ("Our price: £12.50", "12.50 GBP"),
        ("12,50 € – 19,50 €", "12.50 EUR"), ("From 26 to 50 €", "26.00 EUR"), ("10-20 €", "10.00 EUR"),
        ("$5-$10", "5"), ("12.50 - 19.50", "12.50"), ("99 €, 79 €", "99.00 EUR"), ("$ 81.40 $ 65.70", "81.40"),
        ("3200 руб. 1500 руб.", "3200.00 RUB"), ("AED 8000 (USD 2179)", "8000.00 AED"),
        ("12,50 € (25,00 €/kg)", "12.50 EUR"), ("2 pairs from $349", "349"), ("3 Hefte für 14,85 EUR", "14.85 EUR"),
        ("iPhone 13 $799", "799"), ("iPhone 14 - 799 €", "799.00 EUR"), ("Galaxy S21 799 €", "799.00 EUR"),
        ("500 g 12,50 €", "12.50 EUR"), ("13 128 GB 799 €", "799.00 EUR"), ("inkl. 19 % MwSt. 12,50 €", "12.50 EUR"),
        ("590 Kč sleva 10 %", "590.00 CZK"), ("12,50 € Versand 4,90 €", "12.50 EUR"),
        ("Art. 12345 12,50 €", "12.50 EUR"),
        ("statt 99 € nur 79 €", "79.00 EUR"), ("Was $125.00 Now only $99.00", "99.00"),
        ("Was: $125.00 Now: $0.00", "125.00"), ("RRP £50", "50.00 GBP"), ("34.12 (40.94 inc VAT)", "34.12"),
        ("$12.50/mo", "12.50"), ("Free delivery! Now $12.50", "12.50"), ("Gutschein 25 €", "25.00 EUR"),
        ("€3.99/kg", "3.99 EUR"), ("40.00/each", "40.00"), ("12.50 inc GST", "12.50"),
        ("Price 25", "25"), ("25", "25"), ("12,50 € *", "12.50 EUR"), ("\n €12.50 \n", "12.50 EUR"),
        ("3,500円(税込)", "3500 JPY"), ("価格：3,500円", "3500 JPY"), ("\u{200f}12.50\u{a0}\u{200f}₪", "12.50 ILS"),
    ])
    func `takes the first price of the text`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        "", " ", "€", "EUR", "Call for price", "Out of stock", "20% off", "-20 %", "%50 indirim", "٢٠٪", "128 GB",
        "1.5 kg",
        "500g", "4K", "5G", "1080p", "2nd", "5 stars", "4.5 stars", "4.5/5", "163 products", "12/05/2021", "25.09.2021",
        "25-09",
        "12:30", "12. 30 Uhr", "1.2.3", "10 x 20 cm", "10 × 20", "RTX 3080", "iPhone 13", "Article 12345", "SKU 884",
        "#123", "№ 15", "+49 30 123456", "1-800-555-1234", "4006381333931", "10, 12, 14", "1 2 3 4 5", "5'10",
        "Save $15", "You save $15.01", "$5 off", "Sie sparen 5,00 €", "10 € Rabatt", "Free shipping",
        "Free shipping on orders over $49", "Shipping $5.99", "Versand: 4,99 €", "99999999999999999999 €",
    ])
    func `finds no price where there is none`(text: String) {
        #expect(described(PriceText.read(text)) == "none")
    }

    @Test(arguments: ["Free", "FREE!", "Gratis", "for free", "kostenlos", "Бесплатно", "無料", "0,00", "0"])
    func `reads that a thing costs nothing`(text: String) {
        #expect(["0", "0.00"].contains(described(PriceText.read(text))))
        let inEuros = PriceText.read(text, in: .init(defaultCurrency: Currency(code: "EUR")))
        #expect(described(inEuros) == "0.00 EUR")
    }

    @Test(arguments: ["Sugar free", "Free returns", "Free gift"])
    func `does not take every freedom for a price`(text: String) {
        #expect(described(PriceText.read(text)) == "none")
    }
}
