import Configuration
import Model

/// One thing that can be set, as every reader of settings knows it: the check, `host config`, the docs.
struct SettingKey: Sendable {
    enum Kind: Sendable {
        case integer(ClosedRange<Int>)
        case decimal(ClosedRange<Double>)
        case text
        case flag
        case choice([String])
        /// A JSON array of texts, or one text with commas.
        case list
        /// A list whose words are all of these.
        case words([String])
    }

    /// Words joined by dots: `web.port`.
    let name: String
    let kind: Kind
    let standard: ConfigContent
    /// Whether the value is kept out of everything that is printed, and may be read from a file.
    let isSecret: Bool
    /// Environment variables read below the one with our prefix, because platforms set them.
    let platformVariables: [String]
    /// A full sentence with the unit.
    let summary: String

    init(
        _ name: String,
        _ kind: Kind,
        standard: ConfigContent,
        isSecret: Bool = false,
        platformVariables: [String] = [],
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.isSecret = isSecret
        self.platformVariables = platformVariables
        self.summary = summary
    }

    /// `web.publicURL` as `HOST_WEB_PUBLIC_URL`.
    var environmentName: String {
        var snake = "HOST_"
        var isAfterSmall = false
        for character in name {
            if character.isUppercase && isAfterSmall { snake += "_" }
            isAfterSmall = character.isLowercase
            snake += character == "." ? "_" : character.uppercased()
        }
        return snake
    }

    /// Completes “it must be …”.
    var expectation: String {
        switch kind {
        case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .decimal(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
        case .text: "a text"
        case .flag: "true or false"
        case .choice(let choices): "one of \(choices.joined(separator: ", "))"
        case .list: "a list of texts, or one text with commas"
        case .words(let words): "a list of \(words.joined(separator: ", "))"
        }
    }

    /// How the value is named in tables: `whole number, 1…65535`.
    var typeName: String {
        switch kind {
        case .integer(let range): "whole number, \(range.lowerBound)…\(range.upperBound)"
        case .decimal(let range): "number, \(range.lowerBound)…\(range.upperBound)"
        case .text: "text"
        case .flag: "true or false"
        case .choice(let choices): choices.joined(separator: " or ")
        case .list: "list"
        case .words(let words): "list of \(words.joined(separator: ", "))"
        }
    }

    /// What a text from the command line, the environment or a file means; nil when it is not of this kind.
    func content(of text: String) -> ConfigContent? {
        switch kind {
        case .integer(let range): Int(text).flatMap { range.contains($0) ? .int($0) : nil }
        case .decimal(let range): Double(text).flatMap { range.contains($0) ? .double($0) : nil }
        case .text: .string(text)
        case .flag: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .choice(let choices): choices.contains(text) ? .string(text) : nil
        case .list: .stringArray(Self.words(of: text))
        case .words(let words): Self.content(of: Self.words(of: text), from: words)
        }
    }

    /// What a JSON value means; nil when it is not of this kind, as a number in quotes is not a number.
    func content(of json: ConfigJSON) -> ConfigContent? {
        switch (kind, json) {
        case (.integer(let range), .integer(let number)): return range.contains(number) ? .int(number) : nil
        case (.decimal(let range), .integer(let number)):
            return range.contains(Double(number)) ? .double(Double(number)) : nil
        case (.flag, .bool(let flag)): return .bool(flag)
        case (.decimal(let range), .number(let number)): return range.contains(number) ? .double(number) : nil
        case (.text, .string(let text)), (.choice, .string(let text)), (.list, .string(let text)),
            (.words, .string(let text)):
            return content(of: text)
        case (.list, .array(let values)): return Self.texts(values).map(ConfigContent.stringArray)
        case (.words(let words), .array(let values)):
            return Self.texts(values).flatMap { Self.content(of: $0, from: words) }
        default: return nil
        }
    }

    private static func words(of text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
    }

    private static func content(of given: [String], from words: [String]) -> ConfigContent? {
        !given.isEmpty && given.allSatisfy(words.contains) ? .stringArray(given) : nil
    }

    private static func texts(_ values: [ConfigJSON]) -> [String]? {
        var texts: [String] = []
        for value in values {
            guard case .string(let text) = value else { return nil }
            texts.append(text)
        }
        return texts
    }
}

extension ConfigContent {
    /// As a person would write it; a list with commas.
    var written: String {
        switch self {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): String(flag)
        case .stringArray(let texts): texts.joined(separator: ",")
        case .bytes, .intArray, .doubleArray, .boolArray, .byteChunkArray: ""
        }
    }
}
