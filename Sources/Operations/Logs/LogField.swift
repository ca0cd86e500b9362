import Logging

/// One piece of a line's data, its key dotted and lowercase whoever wrote it, its value no longer than a line bears.
struct LogField {
    let key: String
    let json: JSON

    /// Texts are cut after this many bytes.
    static let longest = 1000
    /// Lists are cut after this many values.
    static let most = 20

    /// In alphabetical order; a dictionary inside becomes dotted keys.
    static func fields(of metadata: Logger.Metadata) -> [LogField] {
        guard !metadata.isEmpty else { return [] }
        var fields: [LogField] = []
        fields.reserveCapacity(metadata.count)
        for (key, value) in metadata { add(dotted(key), value, to: &fields) }
        return fields.sorted { $0.key < $1.key }
    }

    private static func add(_ key: String, _ value: Logger.MetadataValue, to fields: inout [LogField]) {
        guard case .dictionary(let inner) = value else {
            fields.append(LogField(key: key, json: json(value)))
            return
        }
        for (name, value) in inner { add("\(key).\(dotted(name))", value, to: &fields) }
    }

    private static func json(_ value: Logger.MetadataValue) -> JSON {
        switch value {
        case .string(let text): .string(cut(text))
        case .stringConvertible(let number as Int): .integer(number)
        case .stringConvertible(let flag as Bool): .bool(flag)
        case .stringConvertible(let value): .string(cut(value.description))
        case .array(let values):
            .array(
                values.prefix(most).map(json)
                    + (values.count > most ? [.string("… \(values.count - most) more")] : [])
            )
        case .dictionary(let inner):
            .object(inner.sorted { $0.key < $1.key }.map { JSON.Member(dotted($0.key), json($0.value)) })
        }
    }

    /// A page or a header may hold megabytes.
    static func cut(_ text: String) -> String {
        let size = text.utf8.count
        guard size > longest else { return text }
        // A character may begin before the mark and end after it.
        return "\(String(decoding: text.utf8.prefix(longest), as: UTF8.self))… (\(size) bytes)"
    }

    /// As it stands in a line of text: in quotes where it has spaces, quotes or line ends in it, or is empty.
    var quoted: String {
        guard case .string(let text) = json else { return json.line }
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3d && $0 != 0x7f }
        return isPlain ? Self.onOneLine(text) : json.line
    }

    /// With control characters, which could forge a second line or colour a terminal, shown as `\u{…}`.
    static func onOneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7f }),
            text.unicodeScalars.contains(where: \.isUnfitForALine)
        else { return text }
        return text.unicodeScalars.map { $0.isUnfitForALine ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    /// `JobName`, `job_name` and `job-name` as `job.name`.
    static func dotted(_ key: String) -> String {
        let isDotted = key.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2e }
        guard !isDotted else { return key }
        var result = ""
        var isAfterSmall = false
        for character in key.prefix(100) {
            if character.isUppercase && isAfterSmall { result += "." }
            isAfterSmall = character.isLowercase || character.isNumber
            switch character {
            case "_", "-", " ": result += "."
            // What is left could end the line, or look like the beginning of a value.
            case _ where character.isLetter || character.isNumber || character == ".": result += character.lowercased()
            default: result += "?"
            }
        }
        return result
    }
}
