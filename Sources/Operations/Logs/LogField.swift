import Logging

/// One piece of a line's data, its key dotted and lowercase whoever wrote it.
struct LogField {
    let key: String
    let json: JSON

    /// In alphabetical order; a dictionary inside becomes dotted keys.
    static func fields(of metadata: Logger.Metadata) -> [LogField] {
        guard !metadata.isEmpty else { return [] }
        var fields: [LogField] = []
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
        case .string(let text): .string(text)
        case .stringConvertible(let number as Int): .integer(number)
        case .stringConvertible(let flag as Bool): .bool(flag)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let inner):
            .object(inner.sorted { $0.key < $1.key }.map { JSON.Member(dotted($0.key), json($0.value)) })
        }
    }

    /// As it stands in a line of text: in quotes where it has spaces, quotes or line ends in it, or is empty.
    var quoted: String {
        guard case .string(let text) = json else { return json.line }
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "=" }
        return isPlain ? Self.onOneLine(text) : json.line
    }

    /// With control characters, which could forge a second line or colour a terminal, shown as `\u{…}`.
    static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.map { isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value == 0x2028 || scalar.value == 0x2029
    }

    /// `JobName`, `job_name` and `job-name` as `job.name`.
    static func dotted(_ key: String) -> String {
        let isDotted = key.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2e }
        guard !isDotted else { return key }
        var result = ""
        var isAfterSmall = false
        for character in key {
            if character.isUppercase && isAfterSmall { result += "." }
            isAfterSmall = character.isLowercase || character.isNumber
            result += character == "_" || character == "-" || character == " " ? "." : character.lowercased()
        }
        return result
    }
}
