/// Comparing names of products as they stand in different places.
enum Wording {
    /// Letters and digits alone, small.
    static func folded(_ text: some StringProtocol) -> String {
        var folded = ""
        for scalar in text.lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            folded.unicodeScalars.append(scalar)
        }
        return folded
    }

    /// 0…1, how alike two names are: 1 where one holds the other as a good part of it.
    static func likeness(_ one: String, _ other: String) -> Double {
        let (a, b) = (folded(one.prefix(400)), folded(other.prefix(400)))
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        if a == b { return 1 }
        let (short, long) = a.utf8.count < b.utf8.count ? (a, b) : (b, a)
        if short.utf8.count >= 4, long.contains(short) {
            return max(0.6, min(1, Double(short.utf8.count) / Double(long.utf8.count) + 0.35))
        }
        let (left, right) = (words(one), words(other))
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        return Double(left.intersection(right).count) / Double(min(left.count, right.count)) * 0.9
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.prefix(400).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }
}
