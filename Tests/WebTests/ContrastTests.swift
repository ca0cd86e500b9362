import Foundation
import Testing

@testable import Web

struct ContrastTests {
    /// The colours of one scheme, by token.
    private static func tokens(isDark: Bool) throws -> [String: String] {
        let text = try #require(EmbeddedAssets.all["1-tokens.css"])
        let parts = text.split(separator: "@media")
        try #require(parts.count == 2)
        var tokens: [String: String] = [:]
        for part in isDark ? parts : [parts[0]] {
            for match in part.matches(of: #/--([a-z-]+): (#[0-9a-f]{6});/#) {
                tokens[String(match.1)] = String(match.2)
            }
        }
        return tokens
    }

    private static func luminance(_ colour: String) -> Double {
        let value = Int(String(colour.dropFirst()), radix: 16) ?? 0
        let shares: [Double] = [value / 65536, value / 256 % 256, value % 256].map { Double($0) / 255 }
        let parts = shares.map { $0 <= 0.03928 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// Source: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    private static func contrast(_ one: String, _ other: String) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    private static let texts = [
        ("ink", "paper"), ("ink", "card"), ("ink", "well"), ("soft", "paper"), ("soft", "card"), ("soft", "well"),
        ("accent", "paper"), ("accent", "card"), ("accent", "accent-wash"), ("accent-strong", "paper"),
        ("on-accent", "accent"), ("on-accent", "accent-strong"), ("good", "good-wash"), ("good", "card"),
        ("doubt", "doubt-wash"), ("doubt", "card"), ("bad", "bad-wash"), ("bad", "card"), ("quiet", "quiet-wash"),
    ]

    @Test(arguments: [false, true], texts)
    func `text stands out from its ground`(isDark: Bool, pair: (String, String)) throws {
        let tokens = try Self.tokens(isDark: isDark)
        let (text, ground) = (try #require(tokens[pair.0]), try #require(tokens[pair.1]))
        #expect(Self.contrast(text, ground) >= 4.5)
    }

    @Test(arguments: [false, true], ["edge", "focus", "accent", "doubt-mark"])
    func `what is not text stands out too`(isDark: Bool, token: String) throws {
        let tokens = try Self.tokens(isDark: isDark)
        let (mark, card) = (try #require(tokens[token]), try #require(tokens["card"]))
        #expect(Self.contrast(mark, card) >= 3)
    }

    @Test func `black on white is the most there is`() {
        #expect(abs(Self.contrast("#000000", "#ffffff") - 21) < 0.001)
    }
}
