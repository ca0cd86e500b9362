/// What scripts on a machine print.
enum Lines {
    /// `name=value` on each line; the last one of a name counts.
    static func values(_ output: [UInt8]) -> [String: String] {
        var values: [String: String] = [:]
        for line in String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let sign = line.firstIndex(of: "=") else { continue }
            values[String(line[..<sign])] = String(line[line.index(after: sign)...])
        }
        return values
    }
}
