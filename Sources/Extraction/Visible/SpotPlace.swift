import Markup

/// Where a price spot stands: after the product's name, in a link to something else, in the page's frame.
struct SpotPlace {
    private let survey: Survey
    private let document: Document
    private let anchor: Int?

    init(_ survey: Survey) {
        self.survey = survey
        document = survey.document
        anchor = survey.anchor
    }

    func score(_ node: Int) -> Double {
        var score = 0.0
        var ancestor = node
        var level = 0
        while ancestor >= 0, level < 30, score > -4 {
            let part = document.nodes[ancestor]
            // What holds the product's name too says nothing about the price.
            if let anchor, ancestor < anchor, part.end > anchor { break }
            let words = survey.words(of: ancestor)
            if words.contains(.related) { score -= level < 12 ? 2 : 1 }
            if words.contains(.frame) { score -= 1.5 }
            if part.is(.a), survey.leadsElsewhere(ancestor) { score -= 1.2 }
            if part.is(.option) || part.is(.select) { score -= 1.5 }
            ancestor = Int(part.parent)
            level += 1
        }
        guard let anchor else { return score }
        let distance = node - anchor
        let near = distance >= 0 ? max(-1.5, 1.6 - Double(distance) / 250) : max(-1.8, -0.2 + Double(distance) / 200)
        return score + near
    }

    /// Whether a small part of the page around the spot holds a link to another page: a card in a list of products.
    func isOnCard(_ node: Int) -> Bool {
        var ancestor = node
        for _ in 0..<7 where ancestor >= 0 {
            let part = document.nodes[ancestor]
            if let anchor, ancestor <= anchor, part.end > anchor { return false }
            if part.is(.a) { return survey.leadsElsewhere(ancestor) }
            guard !part.isText else {
                ancestor = Int(part.parent)
                continue
            }
            guard Int(part.end) - ancestor < 150 else { return false }
            for inner in ancestor..<Int(part.end) where document.nodes[inner].is(.a) {
                if survey.leadsElsewhere(inner) { return true }
            }
            ancestor = Int(part.parent)
        }
        return false
    }

    /// The words of the elements inside and of some levels around a node.
    func words(near node: Int, levels: Int) -> ClassWords {
        var words: ClassWords = []
        var ancestor = document.nodes[node].isText ? Int(document.nodes[node].parent) : node
        if !document.nodes[node].isText, levels > 1 {
            for inner in (node + 1)..<max(node + 1, min(Int(document.nodes[node].end), node + 12))
            where !document.nodes[inner].isText {
                words.formUnion(survey.words(of: inner))
            }
        }
        for _ in 0..<levels where ancestor >= 0 {
            words.formUnion(survey.words(of: ancestor))
            ancestor = Int(document.nodes[ancestor].parent)
        }
        return words
    }

    /// The names and classes of the spot and two elements around it.
    func signature(_ node: Int) -> Int {
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
