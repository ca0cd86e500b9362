import Markup
import Model

/// Goes through the texts with digits and makes price spots of those that are prices.
struct SpotFinder {
    private let survey: Survey
    private let document: Document
    private let context: PriceText.Context
    private let place: SpotPlace
    private var seen: Set<Int> = []
    private(set) var spots: [PriceSpot] = []

    private static let longest = 48
    private static let mostSpots = 600

    init(_ survey: Survey) {
        self.survey = survey
        document = survey.document
        context = survey.priceContext()
        place = SpotPlace(survey)
        for figure in survey.outline.figures where spots.count < Self.mostSpots { look(at: figure) }
    }

    private mutating func look(at figure: Int) {
        let (node, joined) = group(around: figure)
        guard seen.insert(node).inserted else { return }
        let text = joined ?? document.visibleText(of: node, limit: 200)
        let shape = SpotText(text)
        guard shape.canBePrice else { return }
        let near = place.words(near: node, levels: 4)
        guard shape.hasSymbol || shape.letters <= (near.contains(.price) ? 24 : 12) else { return }
        let isPriced = near.contains(.price)
        guard shape.hasSymbol || isPriced || shape.letters > 0 else { return }
        let amount: PriceSpot.Amount
        var hasSign = shape.hasSymbol
        switch PriceText.read(text, in: context) {
        case .none: return
        case .ambiguous(let why, let readings):
            guard isPriced || hasSign else { return }
            amount = .doubtful(why: why, readings: readings)
        case .money(let money):
            hasSign = hasSign || PriceText.currency(text, in: context) != nil
            guard money.minor > 0, hasSign || isPriced else { return }
            amount = .money(money)
        case .amount(let decimal):
            guard hasSign || isPriced, PlainNumber.isPositive(decimal) else { return }
            if let currency = survey.currency?.currency, let money = Money(decimal: decimal, currency: currency) {
                amount = .money(money)
            } else {
                amount = .doubtful(why: "The page names no currency for “\(text.prefix(40))”.", readings: [decimal])
            }
        }
        add(node, text, shape, amount, hasSign: hasSign, near)
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
            guard outline.visibleBytes(in: around, at: parent) <= Self.longest, !isPlace(around, parent) else { break }
            let figures = outline.figures(in: around, at: parent)
            if figures > 1, joined == nil || figures != outline.figures(in: document.nodes[node], at: node) {
                guard figures <= 3, let text = SplitPrice.join(document, parent) else { break }
                joined = text
            }
            node = parent
        }
        return (node, joined)
    }

    /// Whether an element is more than the place of one price: it holds the product's name, or is a part of the page.
    private func isPlace(_ part: Node, _ index: Int) -> Bool {
        if Int(part.end) - index > 400 { return true }
        if let anchor = survey.anchor, index <= anchor, part.end > anchor { return true }
        return switch KnownName(rawValue: part.name) {
        case .html, .body, .main, .section, .article, .form, .table, .tbody, .tr, .ul, .ol, .header, .footer, .nav: true
        default: false
        }
    }

    private mutating func add(
        _ node: Int,
        _ text: String,
        _ shape: SpotText,
        _ amount: PriceSpot.Amount,
        hasSign: Bool,
        _ near: ClassWords
    ) {
        let flags = document.nodes[node].flags
        let label = SpotLabel.phrases(of: node, text, survey)
        let isListByWord = flags.contains(.struck) || isAllStruck(node) || label.contains(.listPrice)
        let isListByName =
            near.contains(.list)
            && (!near.contains(.current) || place.words(near: node, levels: 1).contains(.list))
        var score = 0.0
        if hasSign { score += 1 }
        if near.contains(.price) { score += 1.5 }
        if near.contains(.current) { score += 0.5 }
        if near.contains(.product) { score += 0.4 }
        if near.contains(.partial) { score -= 2 }
        if near.contains(.saving), !near.contains(.price) { score -= 2 }
        let isPart = !label.isDisjoint(with: [.saving, .unit, .instalment, .shipping])
        if isPart { score -= 3 }
        let isLeast = label.contains(.least) || SpotText.isRange(text)
        if isLeast { score -= 0.5 }
        if label.contains(.withoutTax) { score -= 0.6 }
        if label.contains(.member) { score -= 0.4 }
        // A sentence with a price in it is seldom the price.
        score -= min(1.2, Double(max(0, shape.letters - 8)) * 0.05)
        if SpotText.wordsBefore(text) >= 4 { score -= 1.5 }
        score += place.score(node)
        spots.append(
            PriceSpot(
                node: node,
                text: text,
                isPlain: near.contains(.price) || shape.hasSymbol || shape.letters <= 6,
                amount: amount,
                words: near,
                isList: isListByWord || isListByName,
                isListByName: isListByName && !isListByWord,
                isWithoutTax: label.contains(.withoutTax),
                isPart: isPart,
                isForMembers: label.contains(.member),
                isLeast: isLeast,
                signature: place.signature(node),
                isOnCard: place.isOnCard(node),
                score: score
            )
        )
    }

    /// Whether all figures that are seen inside are crossed out.
    private func isAllStruck(_ node: Int) -> Bool {
        let end = max(node + 1, Int(document.nodes[node].end))
        for index in node..<end where document.nodes[index].isText && !document.nodes[index].flags.contains(.hidden) {
            let hasDigit = document.withText(of: index) { $0.contains { $0.isASCIIDigit } }
            if hasDigit, !document.nodes[index].flags.contains(.struck) { return false }
        }
        return true
    }
}
