import Model

/// A look at a page, for a person in a terminal.
enum ReadingText {
    /// `page` says which page answered, and how.
    static func lines(_ reading: Reading, page: String) -> [String] {
        var facts: [[String]] = [["Outcome", reading.outcome.rawValue]]
        if let price = reading.price { facts.append(["Price", money(price, reading.priceText)]) }
        if let price = reading.listPrice { facts.append(["List price", money(price, reading.listPriceText)]) }
        if wasRead(reading.outcome) { facts.append(["Availability", reading.availability.rawValue]) }
        if let seller = reading.seller { facts.append(["Seller", seller]) }
        if let shipping = reading.shipping { facts.append(["Shipping", shipping.description]) }
        if let image = reading.image { facts.append(["Picture", image]) }
        if reading.price != nil { facts.append(["Confidence", percent(reading.confidence)]) }
        facts.append(["Page", page])
        let table = TextTable.lines(heads: [], rows: facts).map { "  \($0)" }
        let note = reading.note.map { short($0, 800) }
        // Where no page was read, why not is all there is to say.
        guard wasRead(reading.outcome) else { return [note ?? reading.outcome.rawValue] + table }
        return [reading.title.map { short($0, 200) } ?? "(no title found)"] + table + (note.map { ["", $0] } ?? [])
            + evidence(reading.evidence)
    }

    /// Whether there was a page that could be read.
    private static func wasRead(_ outcome: Outcome) -> Bool {
        switch outcome {
        case .ok, .outOfStock, .unchanged, .noPrice, .listing, .notAProduct, .needsBrowser, .ambiguous: true
        case .blocked, .captcha, .notFound, .gone, .timeout, .unreachable, .tooLarge, .notAPage, .refused: false
        }
    }

    private static func evidence(_ evidence: [Evidence]) -> [String] {
        guard !evidence.isEmpty else { return ["", "Nothing on the page could be used as evidence."] }
        let rows = evidence.map { piece in
            [
                piece.field.rawValue, short(piece.value ?? "unreadable", 40), percent(piece.confidence), piece.strategy,
                short(piece.path, 60), "“\(short(piece.text, 60))”",
            ]
        }
        let heads = ["EVIDENCE FOR", "READ AS", "SURE", "FOUND BY", "WHERE", "TEXT"]
        return [""] + TextTable.lines(heads: heads, rows: rows)
    }

    private static func money(_ money: Money, _ text: String?) -> String {
        text.map { "\(money)  (from “\(short($0, 60))”)" } ?? money.description
    }

    private static func percent(_ confidence: Double) -> String { "\(Int((confidence * 100).rounded())) %" }

    /// On one line, without control characters: the text is a stranger's and goes to a terminal.
    private static func short(_ text: String, _ limit: Int) -> String {
        let line = String(text.map { $0.isNewline || $0.isWhitespace ? " " : $0 })
            .filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) } }
        return line.count <= limit ? line : "\(line.prefix(limit - 1))…"
    }
}
