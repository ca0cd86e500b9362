import Markup
import Model

/// What is said in a price spot, just before it and just after it.
enum SpotLabel {
    private static let taxes: [StaticString] = [
        "mwst", "vat", "inkl", "incl", "tax", "btw", "tva", "iva", "dph", "moms", "alv", "zzgl",
    ]

    static func phrases(of node: Int, _ text: String, _ survey: Survey) -> Set<Phrase> {
        var found: Set<Phrase> = []
        var scratch: [UInt8] = []
        var own = text
        own.withUTF8 { Outline.lower($0, into: &scratch) }
        let firstDigit = scratch.firstIndex(where: \.isASCIIDigit) ?? 0
        // “19.99 incl. VAT plus shipping” is no price of sending.
        let isTaxed = taxes.contains { scratch.contains($0) }
        scratch.withUnsafeBufferPointer { text in
            Phrase.scan(text) { phrase, start in
                switch phrase {
                case .shipping: if start < firstDigit || !isTaxed { found.insert(phrase) }
                // “199.00 from stock” is no least price; in Chinese and Japanese the word comes after the number.
                case .least: if start < firstDigit || isAfterNumber(text, start) { found.insert(phrase) }
                default: found.insert(phrase)
                }
            }
        }
        before(node, text, survey, &scratch, &found)
        after(node, survey, &scratch, &found)
        return found
    }

    /// Whether a word that makes an amount the least one stands behind it in its language.
    private static func isAfterNumber(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        text[start] >= 0xe0
            || ["alkaen", "and up", "onwards", "upwards"].contains { text[start...].starts(with: $0.utf8) }
    }

    /// A label of its own: the visible text just before, if it is short and no price itself.
    private static func before(
        _ node: Int,
        _ own: String,
        _ survey: Survey,
        _ scratch: inout [UInt8],
        _ found: inout Set<Phrase>
    ) {
        let document = survey.document
        let figures = own.utf8.filter(\.isASCIIDigit)
        for index in stride(from: node - 1, to: max(0, node - 13), by: -1) {
            let text = document.nodes[index]
            guard text.isText, !text.flags.contains(.hidden) else { continue }
            let length = survey.outline.visibleBytes(in: text, at: index)
            guard length > 1 else { continue }
            guard length <= 40 else { return }
            document.withText(of: index) { Outline.lower($0, into: &scratch) }
            let others = scratch.filter(\.isASCIIDigit)
            // The same price twice in a row: once for screen readers.
            if !others.isEmpty, others.elementsEqual(figures) { continue }
            var isLabel = true
            if let last = scratch.lastIndex(where: \.isASCIIDigit) {
                // Of “3 new offers from” its end belongs here; “19.99 € without tax” is about that amount.
                scratch.removeFirst(last + 1)
                isLabel = false
            }
            scratch.withUnsafeBufferPointer { text in
                Phrase.scan(text) { phrase, _ in if isLabel || phrase == .least { found.insert(phrase) } }
            }
            return
        }
    }

    /// What follows directly: `/ month`, `per kg`, `off`, `bez DPH`.
    private static func after(_ node: Int, _ survey: Survey, _ scratch: inout [UInt8], _ found: inout Set<Phrase>) {
        let document = survey.document
        let start = Int(document.nodes[node].end)
        // In a block of its own, “monthly rates” is the label of what comes next.
        var isOwnBlock = false
        for index in start..<max(start, min(document.nodes.count, start + 5)) {
            let text = document.nodes[index]
            guard text.isText else {
                if text.is(.div) || text.is(.p) || text.is(.li) || text.is(.td) { isOwnBlock = true }
                continue
            }
            guard !text.flags.contains(.hidden) else { continue }
            let length = survey.outline.visibleBytes(in: text, at: index)
            guard length > 0 else { continue }
            guard length <= 30 else { return }
            document.withText(of: index) { Outline.lower($0, into: &scratch) }
            scratch.withUnsafeBufferPointer { text in
                // “10.00 off” is a saving, “10.00 Save 5.00” is a price.
                if text.starts(with: "off".utf8) { found.insert(.saving) }
                Phrase.scan(text) { phrase, start in
                    let isMeant =
                        phrase == .unit || phrase == .withoutTax
                        || phrase == .instalment && !(isOwnBlock && hasFigure(behind: index, survey))
                    if start <= 2, isMeant { found.insert(phrase) }
                }
            }
            return
        }
    }

    private static func hasFigure(behind node: Int, _ survey: Survey) -> Bool {
        let count = survey.document.nodes.count
        let (start, end) = (min(node + 1, count), min(node + 9, count))
        return survey.outline.figuresBefore[end] > survey.outline.figuresBefore[start]
    }
}
