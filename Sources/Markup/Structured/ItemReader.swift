/// Collects microdata items or RDFa resources in one pass.
///
/// Source: HTML § Microdata; RDFa Lite 1.1. Properties may also be named by an item's `itemref`.
struct ItemReader {
    enum Dialect { case microdata, rdfa }

    private(set) var items: [StructuredData.Item] = []
    private(set) var loose: [StructuredData.Property] = []
    private var propertyCount = 0
    private let document: Document
    private let scope: KnownName
    private let property: KnownName
    private let type: KnownName

    /// More are no description of anything, and would make those who read them slow.
    private static let mostItems = 5000
    private static let mostProperties = 20_000
    /// Nodes that are gone through once more because an item refers to them.
    private static let mostReferred = 500_000

    init(_ document: Document, _ dialect: Dialect) {
        self.document = document
        scope = dialect == .microdata ? .itemscope : .typeof
        property = dialect == .microdata ? .itemprop : .property
        type = dialect == .microdata ? .itemtype : .typeof
        collect(0..<document.nodes.count, owner: nil)
        if dialect == .microdata { collectReferences() }
    }

    private mutating func collect(_ range: Range<Int>, owner: Int?) {
        var open: [(item: Int, end: Int)] = []
        for index in range where !document.nodes[index].isText {
            while let last = open.last, last.end <= index { open.removeLast() }
            let around = open.last?.item ?? owner
            let names = document.value(of: property, at: index)?.split(whereSeparator: \.isWhitespace) ?? []
            var own: Int?
            if document.has(scope, at: index), items.count < Self.mostItems {
                own = items.count
                items.append(
                    .init(
                        types: types(at: index),
                        node: index,
                        parent: around,
                        role: names.first.map { Self.lastPart($0) }
                    )
                )
                open.append((items.count - 1, Int(document.nodes[index].end)))
            }
            guard !names.isEmpty, propertyCount < Self.mostProperties else { continue }
            // One text, however many properties share it.
            let text = own == nil ? value(at: index) : ""
            for name in names where propertyCount < Self.mostProperties {
                propertyCount += 1
                let property = StructuredData.Property(name: Self.lastPart(name), text: text, node: index, item: own)
                if let around { items[around].properties.append(property) } else { loose.append(property) }
            }
        }
    }

    private mutating func collectReferences() {
        let referring = items.indices.filter { document.has(.itemref, at: items[$0].node) }
        guard !referring.isEmpty else { return }
        var places: [String: Int] = [:]
        for index in document.nodes.indices {
            if let id = document.value(of: .id, at: index), places[id] == nil { places[id] = index }
        }
        var left = Self.mostReferred
        for item in referring.prefix(50) {
            let ids = document.value(of: .itemref, at: items[item].node)?.split(whereSeparator: \.isWhitespace) ?? []
            for id in ids.prefix(20) {
                guard let place = places[String(id)], place != items[item].node else { continue }
                let range = place..<Int(document.nodes[place].end)
                guard range.count <= left else { continue }
                left -= range.count
                collect(range, owner: item)
            }
        }
    }

    private func types(at index: Int) -> [String] {
        (document.value(of: type, at: index) ?? "").split(whereSeparator: \.isWhitespace).map { Self.lastPart($0) }
    }

    /// `https://schema.org/Product`, `schema:Product` and `Product` all mean `Product`.
    static func lastPart(_ name: Substring) -> String {
        let end = name.last == "/" ? name.dropLast() : name
        let start = end.lastIndex { $0 == "/" || $0 == "#" || $0 == ":" }.map { end.index(after: $0) } ?? end.startIndex
        return String(end[start...])
    }

    private func value(at index: Int) -> String {
        if let content = document.value(of: .content, at: index) { return content.trimmed }
        let node = document.nodes[index]
        let attribute: KnownName? =
            switch KnownName(rawValue: node.name) {
            case .a, .link: .href
            case .img, .iframe, .source: .src
            case .object, .data: .value
            case .time: .datetime
            default: nil
            }
        if let attribute, let value = document.value(of: attribute, at: index), !value.isEmpty { return value.trimmed }
        return document.visibleText(of: index, limit: 4096)
    }
}
