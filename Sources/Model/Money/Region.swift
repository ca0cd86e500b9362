/// How prices are written in one country, or by the speakers of one language.
package struct Region: Hashable, Sendable {
    /// nil for a language that is spoken with several currencies.
    package let currency: Currency?
    /// nil where both marks are common.
    let mark: DecimalMark?

    /// By a language tag: `de-CH`, `zh_Hant_TW`, `pl`; nil when nothing is known about it.
    package static func region(locale: String) -> Region? {
        let parts = locale.split { "-_.@".contains($0) }
        guard let language = parts.first?.lowercased() else { return nil }
        for part in parts.dropFirst() where part.utf8.count == 2 {
            let code = part.uppercased()
            if let region = regions["\(language)-\(code)"] ?? regions[code] { return region }
        }
        if language == "zh", parts.dropFirst().contains(where: { $0.lowercased() == "hant" }) { return regions["TW"] }
        return languages[language]
    }

    /// By the end of a host name: `de`, `co.uk`, `shop.example.dk`; nil for domains that belong to no country.
    package static func region(topLevelDomain: String) -> Region? {
        let labels = topLevelDomain.lowercased().split(separator: ".")
        guard let last = labels.last else { return nil }
        // `.co` is sold to everyone, `.com.co` only in Colombia.
        let isNational = labels.count > 1 && ["com", "co", "net", "org"].contains(labels[labels.count - 2])
        guard isNational || !RegionTable.worldwideDomains.contains(String(last)) else { return nil }
        return regions[last.uppercased()]
    }

    /// What the home of a currency writes before decimals; nil where both are common.
    static func mark(of currency: Currency) -> DecimalMark? { marks[currency] }

    private static let regions = table(RegionTable.regions)
    private static let languages = table(RegionTable.languages)

    private static let marks: [Currency: DecimalMark] = {
        var marks: [Currency: DecimalMark] = [:]
        var seen: Set<Currency> = []
        for row in rows(RegionTable.regions) {
            guard let currency = row.region.currency, seen.insert(currency).inserted else { continue }
            marks[currency] = row.region.mark
        }
        return marks
    }()

    private static func table(_ text: String) -> [String: Region] {
        var table: [String: Region] = [:]
        for row in rows(text) {
            for code in row.codes { table[String(code)] = row.region }
        }
        return table
    }

    private static func rows(_ text: String) -> [(region: Region, codes: ArraySlice<Substring>)] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 2 else { return nil }
            let mark: DecimalMark? = words[1] == "," ? .comma : words[1] == "." ? .point : nil
            return (Region(currency: Currency(code: words[0]), mark: mark), words[2...])
        }
    }
}
