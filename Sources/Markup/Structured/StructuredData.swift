/// What a page tells machines.
package final class StructuredData {
    /// Every meta tag with a name and content, in order.
    package let metas: [Meta]
    /// Every JSON-LD value with the number of its block; each block is parsed on its own.
    package let jsonLD: [Block]
    /// Microdata items in document order.
    package let microdata: [Item]
    /// Microdata properties outside any item.
    package let loose: [Property]
    /// RDFa resources with a type, in document order.
    package let rdfa: [Item]

    package struct Meta: Sendable {
        /// Lower case: of `property`, `name`, `itemprop` or `http-equiv`, whichever stands first in this list.
        package let name: String
        package let content: String
        /// In `Document.nodes`.
        package let node: Int
    }

    package struct Block: Sendable {
        package let value: JSONValue
        /// The script element in `Document.nodes`.
        package let node: Int
    }

    /// A thing with types and properties, from microdata or RDFa.
    package struct Item: Sendable {
        /// The last part of each type's address: `Product`.
        package let types: [String]
        /// In `Document.nodes`.
        package let node: Int
        /// The item this one is a property of or stands in, an index in the same list.
        package let parent: Int?
        /// What the surrounding item calls it; nil for items of their own.
        package let role: String?
        package internal(set) var properties: [Property] = []

        /// The first value of a property that is not an item.
        package subscript(name: String) -> Property? { properties.first { $0.name == name && $0.item == nil } }
    }

    package struct Property: Sendable {
        package let name: String
        /// One line; for an item the empty text.
        package let text: String
        /// In `Document.nodes`.
        package let node: Int
        /// The item that is the value, an index in the same list.
        package let item: Int?
    }

    init(_ document: Document) {
        var metas: [Meta] = []
        var blocks: [Block] = []
        var hasMicrodata = false
        var hasTypes = false
        for (index, node) in document.nodes.enumerated() where !node.isText {
            if node.is(.meta) {
                if let content = document.value(of: .content, at: index), let name = Self.metaName(document, index) {
                    metas.append(Meta(name: name, content: content.trimmed, node: index))
                }
            } else if node.is(.script) {
                if document.isJSONLD(at: index), node.end > index + 1 {
                    for value in document.withText(of: index + 1, { JSONParser.values($0) }) {
                        blocks.append(Block(value: value, node: index))
                    }
                }
            }
            if !hasMicrodata, document.has(.itemprop, at: index) { hasMicrodata = true }
            if !hasTypes, document.has(.typeof, at: index) { hasTypes = true }
        }
        self.metas = metas
        jsonLD = blocks
        let microdata = hasMicrodata ? ItemReader(document, .microdata) : nil
        self.microdata = microdata?.items ?? []
        loose = microdata?.loose ?? []
        rdfa = hasTypes ? ItemReader(document, .rdfa).items : []
    }

    /// The content of the first meta tag of this name that is not empty.
    package func meta(_ name: String) -> String? { metas.first { $0.name == name && !$0.content.isEmpty }?.content }

    private static func metaName(_ document: Document, _ node: Int) -> String? {
        for known in [KnownName.property, .name, .itemprop, .httpEquiv] {
            if let name = document.value(of: known, at: node), !name.isEmpty { return name.lowercased().trimmed }
        }
        return nil
    }
}

extension Document {
    /// Whether a script holds JSON-LD.
    package func isJSONLD(at node: Int) -> Bool {
        withValue(of: .type, at: node) { $0.contains("ld+json") || $0.contains("LD+JSON") } == true
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        guard first <= 0x20 || last <= 0x20 || first >= 0x80 || last >= 0x80 else { return self }
        guard let start = firstIndex(where: { !$0.isWhitespace }) else { return "" }
        let end = lastIndex { !$0.isWhitespace } ?? start
        return String(self[start...end])
    }
}
