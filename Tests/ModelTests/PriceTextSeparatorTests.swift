import Model
import Testing

/// How the separators of an amount are read.
struct PriceTextSeparatorTests {
    @Test(arguments: [
        ("1.299,00 €", "1299.00 EUR"), ("1,299.00 €", "1299.00 EUR"), ("1 299,00 €", "1299.00 EUR"),
        ("1\u{a0}299,00 €", "1299.00 EUR"), ("1\u{202f}299,00 €", "1299.00 EUR"), ("CHF 1'299.00", "1299.00 CHF"),
        ("CHF 1’299.00", "1299.00 CHF"), ("1.234.567,89 €", "1234567.89 EUR"), ("€ 1.299.00", "1299.00 EUR"),
        ("₹1,29,999.00", "129999.00 INR"), ("₹12,34,567", "1234567.00 INR"), ("0001299.50 €", "1299.50 EUR"),
        ("€.75", "0.75 EUR"), ("€ ,75", "0.75 EUR"), ("€ 75.", "75.00 EUR"), ("€ 75,", "75.00 EUR"),
        ("€1·99", "1.99 EUR"), ("12'50 €", "12.50 EUR"), ("1234,5 €", "1234.50 EUR"), ("€ 9.9000", "9.90 EUR"),
    ])
    func `reads every convention`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        ("1.299,- €", "1299.00 EUR"), ("12,– €", "12.00 EUR"), ("12,-- €", "12.00 EUR"), ("12.– CHF", "12.00 CHF"),
        ("45,-", "45"), ("2 495:-", "2495"), ("2 495:- SEK", "2495.00 SEK"),
    ])
    func `takes a dash for missing decimals`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        ("19 99 zł", "19.99 PLN"), ("1 249 99 zł", "1249.99 PLN"), ("$19 99", "19.99"), ("19⁹⁹ €", "19.99 EUR"),
        ("€ 19⁹⁹", "19.99 EUR"), ("35€ 99", "35.99 EUR"), ("35€99", "35.99 EUR"), ("1.035,€90", "1035.90 EUR"),
        ("12 zł 50 gr", "12.50 PLN"), ("499 руб. 90 коп.", "499.90 RUB"), ("£19. 95", "19.95 GBP"),
        ("18, 99 TL", "18.99 TRY"),
    ])
    func `joins decimals that the page set apart`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        ("١٬٢٣٤٫٥٠ ر.س", "1234.50 SAR"), ("۱۲٬۳۴۵ ریال", "12345.00 IRR"), ("₹१,२३४.५०", "1234.50 INR"),
        ("৳১,২৩৪.৫০", "1234.50 BDT"), ("฿๑,๒๓๔", "1234.00 THB"), ("３，５００円", "3500 JPY"), ("￥１２", "12"),
        ("𝟏𝟐 €", "12.00 EUR"),
    ])
    func `reads the digits of other scripts`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        ("€1.299", "1299.00 EUR"), ("1,299 €", "1299.00 EUR"), ("1,299 USD", "1299.00 USD"),
        ("Rp 1.299", "1299.00 IDR"),
        ("1.299 kr", "1299"), ("$1,299", "1299"), ("¥12,900", "12900"), ("12.900 KRW", "12900 KRW"),
        ("HUF 12,900", "12900.00 HUF"), ("12.900 COP", "12900.00 COP"), ("0,990 €", "0.99 EUR"),
        ("KWD 1.250", "1.250 KWD"), ("0.250 KWD", "0.250 KWD"), ("1,299.500 KWD", "1299.500 KWD"),
    ])
    func `lets the currency decide about three digits`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }

    @Test(arguments: [
        ("1.299", "de", "1299"), ("1.299", "pt_BR", "1299"), ("1,299", "en-GB", "1299"), ("1,299", "ja", "1299"),
        ("$1.299", "es-CO", "1299.00 COP"), ("$1.299", "es-CL", "1299 CLP"), ("1.299 USD", "de-DE", "1299.00 USD"),
        ("1,250 KWD", "ar-KW", "1250.000 KWD"), ("1.250 KWD", "ar-KW", "1.250 KWD"),
    ])
    func `lets the locale decide about three digits`(text: String, locale: String, expected: String) {
        #expect(described(PriceText.read(text, in: .init(locale: locale))) == expected)
    }

    @Test(
        arguments: [
            ("1.299", nil), ("1,299", nil), ("140.000", nil), ("$1.299", nil), ("£1.299", nil), ("$1.299", "en-US"),
            ("1.299", "en"), ("1,299 €", "de"), ("1,250 KWD", nil), ("1.299", "es"), ("1.250 KWD", "de"),
        ] as [(String, String?)]
    )
    func `does not guess what three digits mean`(text: String, locale: String?) throws {
        let meaning = PriceText.read(text, in: .init(locale: locale))
        guard case .ambiguous(let why, let readings) = meaning else {
            Issue.record("“\(text)” was read as \(meaning).")
            return
        }
        #expect(readings.count == 2)
        #expect(readings.first?.contains(".") == true)
        #expect(readings.last?.contains(".") == false)
        #expect(why.hasSuffix("."))
    }

    @Test(arguments: [
        ("12.3456 €", ["12.3456"]), ("0.125 €", ["0.125"]), ("JPY 1,299.50", ["1299.50"]), ("19 99", ["19.99", "19"]),
        ("12 € 50", ["12.50", "12"]), ("$1.5M", ["1.5"]), ("5 Mio. €", ["5"]), ("5万円", ["5"]), ("1 K", ["1"]),
        ("12 xyz", ["12"]),
    ])
    func `says what an undecided text may mean`(text: String, expected: [String]) {
        guard case .ambiguous(_, let readings) = PriceText.read(text) else {
            Issue.record("“\(text)” was decided.")
            return
        }
        #expect(readings == expected)
    }

    @Test(arguments: [
        ("-5,00 €", "-5.00 EUR"), ("−5,00 €", "-5.00 EUR"), ("–5,00 €", "-5.00 EUR"), ("$-5.95", "-5.95"),
        ("-$5.95", "-5.95"), ("R$ -2,00", "-2.00 BRL"), ("-.99", "-0.99"), ("- 5,00 €", "5.00 EUR"),
        ("Lamp - €5.00", "5.00 EUR"), ("-$5.95-", "none"),
    ])
    func `takes a minus only where it touches the amount`(text: String, expected: String) {
        #expect(described(PriceText.read(text)) == expected)
    }
}
