import Markup
import Model

/// Goes through the texts with digits and makes price spots of those that are prices.
struct SpotFinder {
    private let survey: Survey
    private let document: Document
    private let context: PriceText.Context
    private var words: [Int: ClassWords] = [:]
    private var seen: Set<Int> = []
    private(set) var spots: [PriceSpot] = []
    /// Prices whose currency or amount can't be decided.
    private(set) var doubtful: [(node: Int, text: String, why: String, readings: [String])] = []

    private static let longest = 48
    private static let mostSpots = 600

    init(_ survey: Survey) {
        self.survey = survey
        document = survey.document
        context = survey.priceContext()
        for figure in survey.outline.figures where spots.count < Self.mostSpots { look(at: figure) }
    }

    private mutating func look(at figure: Int) {
        let (node, joined) = group(around: figure)
        guard seen.insert(node).inserted else { return }
        let text = joined ?? document.visibleText(of: node, limit: 200)
        guard text.utf8.count <= 100, isPriceLike(text) else { return }
        let near = nearWords(node, levels: 4)
        let meaning = PriceText.read(text, in: context)
        let hasSign =
            PriceText.currency(text, in: context) != nil || text.contains("$") || text.contains("£")
            || text.contains("¥")
        switch meaning {
        case .none: return
        case .ambiguous(let why, let readings):
            if near.contains(.price) { doubtful.append((node, text, why, readings)) }
        case .money(let money):
            guard money.minor > 0, hasSign || near.contains(.price) else { return }
            add(node, text, money, hasSign: hasSign, near)
        case .amount(let amount):
            guard hasSign || near.contains(.price) else { return }
            guard let currency = survey.currency?.currency, let money = Money(decimal: amount, currency: currency)
            else {
                doubtful.append((node, text, "The page names no currency for “\(text.prefix(40))”.", [amount]))
                return
            }
            guard money.minor > 0 else { return }
            add(node, text, money, hasSign: hasSign, near)
        }
    }

    /// The largest element around a text that holds no other figures and little other text; with its text where that
    /// had to be put together.
    private func group(around figure: Int) -> (node: Int, joined: String?) {
        let outline = survey.outline
        var node = figure
        var joined: String?
        while true {
            let parent = Int(document.nodes[node].parent)
            guard parent >= 0 else { break }
            let around = document.nodes[parent]
            guard outline.visibleBytes(in: around, at: parent) <= Self.longest else { break }
            let figures = outline.figures(in: around, at: parent)
            if figures > 1 {
                if figures == outline.figures(in: document.nodes[node], at: node), joined != nil {
                    node = parent
                    continue
                }
                guard figures <= 3, let text = SplitPrice.join(document, parent) else { break }
                joined = text
            }
            node = parent
        }
        return (node, joined)
    }

    /// A quick look before the real reading: few letters beside the digits, no percentage.
    private func isPriceLike(_ text: String) -> Bool {
        var digits = 0
        for byte in text.utf8 where byte.isASCIIDigit { digits += 1 }
        return digits <= 16 && (!text.contains("%") || text.utf8.count > 12)
    }

    private mutating func add(_ node: Int, _ text: String, _ money: Money, hasSign: Bool, _ near: ClassWords) {
        let flags = document.nodes[node].flags
        var isList = flags.contains(.struck) || allStruck(node)
        if near.contains(.list), !near.contains(.current) || nearWords(node, levels: 1).contains(.list) {
            isList = true
        }
        let label = label(of: node, text)
        if label.contains(.listPrice) { isList = true }
        var score = 0.0
        if hasSign { score += 1 }
        if near.contains(.price) { score += 1.5 }
        if near.contains(.current) { score += 0.5 }
        if near.contains(.product) { score += 0.4 }
        if near.contains(.partial) { score -= 2 }
        if !label.isDisjoint(with: [.saving, .unit, .instalment, .shipping]) { score -= 3 }
        if label.contains(.member) { score -= 0.4 }
        if text.utf8.count > 24 { score -= 0.4 }
        score += placeScore(node)
        spots.append(
            PriceSpot(
                node: node,
                text: text,
                money: money,
                hasSign: hasSign,
                words: near,
                isList: isList,
                signature: signature(node),
                score: score
            )
        )
    }

    /// Whether all that is seen inside is crossed out.
    private func allStruck(_ node: Int) -> Bool {
        let end = max(node + 1, Int(document.nodes[node].end))
        for index in node..<end where document.nodes[index].isText && !document.nodes[index].flags.contains(.hidden) {
            let hasDigit = document.withText(of: index) { $0.contains { $0.isASCIIDigit } }
            if hasDigit, !document.nodes[index].flags.contains(.struck) { return false }
        }
        return true
    }

    /// What is said in and just before the spot.
    private func label(of node: Int, _ text: String) -> Set<Phrase> {
        var found: Set<Phrase> = []
        var scratch: [UInt8] = []
        var own = text
        own.withUTF8 { Outline.lower($0, into: &scratch) }
        scratch.withUnsafeBufferPointer { Phrase.scan($0) { phrase, _ in found.insert(phrase) } }
        // A label of its own: the visible text just before, if it is short.
        var index = node - 1
        var steps = 0
        while index > 0, steps < 12 {
            let before = document.nodes[index]
            if before.isText, !before.flags.contains(.hidden), survey.outline.visibleBytes(in: before, at: index) > 1 {
                guard survey.outline.visibleBytes(in: before, at: index) <= 40 else { break }
                document.withText(of: index) { Outline.lower($0, into: &scratch) }
                // Another price: its words are its own.
                if scratch.contains(where: \.isASCIIDigit) { break }
                scratch.withUnsafeBufferPointer { Phrase.scan($0) { phrase, _ in found.insert(phrase) } }
                break
            }
            index -= 1
            steps += 1
        }
        found.formUnion(following(node))
        return found
    }

    /// What follows directly: `/ month`, `per kg`, `off`.
    private func following(_ node: Int) -> Set<Phrase> {
        var found: Set<Phrase> = []
        var scratch: [UInt8] = []
        var index = Int(document.nodes[node].isText ? Int32(node + 1) : document.nodes[node].end)
        var steps = 0
        while index < document.nodes.count, steps < 5 {
            let after = document.nodes[index]
            if after.isText, !after.flags.contains(.hidden), survey.outline.visibleBytes(in: after, at: index) > 0 {
                guard survey.outline.visibleBytes(in: after, at: index) <= 30 else { break }
                document.withText(of: index) { Outline.lower($0, into: &scratch) }
                scratch.withUnsafeBufferPointer { text in
                    Phrase.scan(text) { phrase, start in
                        if start <= 2, [.unit, .instalment, .saving].contains(phrase) { found.insert(phrase) }
                    }
                }
                break
            }
            index += 1
            steps += 1
        }
        return found
    }

    /// By where the spot stands: after the product's name, in a link to something else, in the page's frame.
    private mutating func placeScore(_ node: Int) -> Double {
        var score = 0.0
        var ancestor = node
        var level = 0
        while ancestor >= 0, level < 30 {
            let words = wordsOf(ancestor)
            if words.contains(.related) { score -= level < 12 ? 2 : 1 }
            if words.contains(.frame) { score -= 1.5 }
            if document.nodes[ancestor].is(.a), let target = document.value(of: .href, at: ancestor),
                !target.hasPrefix("#"), !target.hasPrefix("javascript"), !survey.isThisPage(target)
            {
                score -= 1.2
            }
            if document.nodes[ancestor].is(.option) || document.nodes[ancestor].is(.select) { score -= 1.5 }
            ancestor = Int(document.nodes[ancestor].parent)
            level += 1
            if score < -4 { break }
        }
        guard let anchor = survey.anchor else { return score }
        let distance = node - anchor
        if distance >= 0 {
            score += max(-1.5, 1.6 - Double(distance) / 250)
        } else {
            score += max(-1.8, -0.2 + Double(distance) / 200)
        }
        return score
    }

    private mutating func nearWords(_ node: Int, levels: Int) -> ClassWords {
        var words: ClassWords = []
        var ancestor = document.nodes[node].isText ? Int(document.nodes[node].parent) : node
        // Inside the group too: the class often stands on an inner element.
        if !document.nodes[node].isText, levels > 1 {
            for inner in (node + 1)..<max(node + 1, min(Int(document.nodes[node].end), node + 12))
            where !document.nodes[inner].isText { words.formUnion(wordsOf(inner)) }
        }
        for _ in 0..<levels where ancestor >= 0 {
            words.formUnion(wordsOf(ancestor))
            ancestor = Int(document.nodes[ancestor].parent)
        }
        return words
    }

    private mutating func wordsOf(_ node: Int) -> ClassWords {
        if let known = words[node] { return known }
        let found = document.nodes[node].isText ? [] : ClassWords.read(document, node)
        words[node] = found
        return found
    }

    /// The names and classes of the spot and two elements around it.
    private func signature(_ node: Int) -> Int {
        var hasher = Hasher()
        var ancestor = node
        for _ in 0..<3 where ancestor >= 0 {
            hasher.combine(document.nodes[ancestor].name)
            document.withValue(of: .class, at: ancestor) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
            ancestor = Int(document.nodes[ancestor].parent)
        }
        return hasher.finalize()
    }
}
