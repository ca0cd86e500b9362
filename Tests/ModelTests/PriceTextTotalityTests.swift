import Model
import Testing

/// Whatever a page holds, reading it ends, and soon.
struct PriceTextTotalityTests {
    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            "9", "9 ", "1,", "1.", "1'", "$", "1 2", "€9", "-", "1,234.", "٫", "a1", "(", "99 € ", "from ", "\u{301}",
            "\u{200b}",
            "💶", "S/", "U$S",
        ]
    )
    func `reads only the beginning of endless texts`(part: String) {
        let text = String(repeating: part, count: 200_000)
        _ = PriceText.read(text, in: .init(currencyHint: text, locale: text, topLevelDomain: text))
    }

    @Test func `reads any mixture of its own ingredients`() {
        var random = Dice(state: 20_261_124)
        let parts = [
            "1", "12", "299", "000", "0", ".", ",", "'", " ", "\u{a0}", "\n", "-", "–", "$", "€", "US$", "kr", "R",
            "S/", "zł",
            "руб.", "円", "د.إ", "%", "x", "/", ":", "(", ")", "*", "from", "to", "GB", "K", "٣", "٫", "٬", "⁹",
            "\u{301}",
            "free", "was", "now", "99999999999999",
        ]
        let locales: [String?] = [nil, "de", "en-US", "ar-KW", "my_MM", "-", "_"]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let hint = parts.randomElement(using: &random)
            let locale = locales.randomElement(using: &random) ?? nil
            let meaning = PriceText.read(text, in: .init(currencyHint: hint, locale: locale))
            if case .ambiguous(let why, let readings) = meaning {
                #expect(!why.isEmpty && !readings.isEmpty, "“\(text)”")
            }
        }
    }

    @Test func `reads any bytes`() {
        var random = Dice(state: 7)
        for _ in 0..<5_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = PriceText.read(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(arguments: ["99999999999999", "12345678901234"])
    func `keeps the largest amounts exact`(digits: String) throws {
        for code in ["JPY", "EUR", "KWD", "CLF"] {
            let currency = try #require(Currency(code: code))
            let meaning = PriceText.read("\(code) \(digits)")
            #expect(meaning == .money(try #require(Money(decimal: digits, currency: currency))))
        }
    }
}

/// Chance that is the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
