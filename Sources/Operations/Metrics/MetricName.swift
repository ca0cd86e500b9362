import Model

/// Names and labels as Prometheus allows them.
enum MetricName {
    /// The label with every character that is not allowed replaced by `_`, ending in `ending` once.
    static func metric(_ label: String, ending: String) -> String {
        let name = allowed(label, extra: 0x3a)
        return name.hasSuffix(ending) ? name : name + ending
    }

    /// `{a="1",b="2"}` in alphabetical order, empty without dimensions; of two values for one name the later counts.
    static func labels(_ dimensions: [(String, String)]) -> String {
        guard !dimensions.isEmpty else { return "" }
        let unique = Dictionary(dimensions.map { (allowed($0.0, extra: nil), $0.1) }) { $1 }
        let pairs = unique.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    /// `labels` with one more label at the end.
    static func adding(_ name: String, _ value: String, to labels: String) -> String {
        labels.isEmpty ? "{\(name)=\"\(value)\"}" : "\(labels.dropLast()),\(name)=\"\(value)\"}"
    }

    /// A number as the format wants it; whole numbers have no decimal point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return "\(value)"
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5c || $0 == 0x22 || $0 == 0x0a }) else { return value }
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    private static func allowed(_ label: String, extra: UInt8?) -> String {
        var name = ""
        for byte in label.utf8 {
            let isLetter = (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
            let isDigit = byte.isASCIIDigit
            if isDigit && name.isEmpty { name = "_" }
            name.unicodeScalars.append(isLetter || isDigit || byte == extra ? Unicode.Scalar(byte) : "_")
        }
        return name.isEmpty ? "_" : name
    }
}
