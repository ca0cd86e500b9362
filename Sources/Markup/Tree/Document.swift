/// A parsed page: a flat list of nodes in document order, with one buffer for all text.
///
/// Any bytes make a document; what is not markup becomes text. Holds no C memory. It fills caches when asked, so it is
/// used by one thread at a time.
package final class Document {
    /// In document order; see `Node`.
    package let nodes: ContiguousArray<Node>
    let attributes: ContiguousArray<Attribute>
    /// UTF-8 of all texts and attribute values.
    @usableFromInline
    let bytes: ContiguousArray<UInt8>
    /// Names beyond `KnownName`, numbered from its count.
    let names: [String]
    /// What the bytes were read as, a lowercase label: `utf-8`, `windows-1252`, `gb18030`.
    package let characterSet: String

    private var keptStructuredData: StructuredData?
    private(set) lazy var numbersByID = findIDs()
    private lazy var numbersByName = Dictionary(
        zip(names, names.indices.map { UInt16($0 + KnownName.texts.count) }),
        uniquingKeysWith: { first, _ in first }
    )

    /// Parses a page's text as HTML; never fails.
    package init(_ text: PageText) {
        let builder = DocumentBuilder(capacity: text.bytes.count)
        builder.parse(text.bytes)
        nodes = builder.layout.nodes
        attributes = builder.layout.attributes
        bytes = builder.layout.bytes
        names = builder.layout.names
        characterSet = text.characterSet
    }

    /// Parses `body` as HTML, in the character set that it or `contentType` names (see `PageText`); never fails.
    package convenience init(_ body: [UInt8], contentType: String? = nil) {
        self.init(PageText(body, contentType: contentType))
    }

    /// Parses a text as HTML; for pages written in code.
    package convenience init(html: String) {
        self.init(Array(html.utf8), contentType: "text/html; charset=utf-8")
    }

    /// The outermost element, `html` where there is any; nil for a document without elements.
    package var root: Element? { nodes.indices.first { !nodes[$0].isText }.map { Element(self, $0) } }

    /// Every element in document order.
    package var elements: some Sequence<Element> {
        nodes.indices.lazy.filter { !self.nodes[$0].isText }.map { Element(self, $0) }
    }

    /// What machines are told: JSON-LD, microdata, RDFa, meta tags, embedded JSON; found once and kept.
    package var structuredData: StructuredData {
        if let keptStructuredData { return keptStructuredData }
        let found = StructuredData(self)
        keptStructuredData = found
        return found
    }

    /// The element's name: `div`.
    func text(ofName number: UInt16) -> String {
        let known = KnownName.texts
        return Int(number) < known.count ? known[Int(number)] : names[Int(number) - known.count]
    }

    /// The number of a name in this document, nil where it does not occur in it.
    func number(ofName text: String) -> UInt16? {
        if let known = KnownName.numbers[text] { return known }
        return numbersByName[text]
    }
}

// Access by node number, for code that goes through all nodes: no object per element, no text unless asked for. Inlinable,
// because what other modules do with bytes in a closure costs less than the call of one that the compiler cannot see into.
extension Document {
    /// The UTF-8 of a run of text.
    @inlinable
    package func withText<Result>(of node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withBytes(start: nodes[node].start, count: nodes[node].count, body)
    }

    /// A run of text as it stands, white space included.
    package func text(of node: Int) -> String { withText(of: node) { String(decoding: $0, as: UTF8.self) } }

    /// Where the attribute's value is; nil where the element does not have it.
    @usableFromInline
    func attribute(_ number: UInt16, of node: Int) -> Attribute? {
        let (start, count) = (Int(nodes[node].start), Int(nodes[node].count))
        for index in start..<(start + count) where attributes[index].name == number { return attributes[index] }
        return nil
    }

    /// The value of an attribute, `""` where it has none; nil where the element does not have it.
    package func value(of name: KnownName, at node: Int) -> String? {
        guard !nodes[node].isText, let attribute = attribute(name.rawValue, of: node) else { return nil }
        return withBytes(start: attribute.start, count: attribute.count) { String(decoding: $0, as: UTF8.self) }
    }

    /// The UTF-8 of an attribute's value; nil where the element does not have it.
    @inlinable
    package func withValue<Result>(
        of name: KnownName,
        at node: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result? {
        guard !nodes[node].isText, let attribute = attribute(name.rawValue, of: node) else { return nil }
        return withBytes(start: attribute.start, count: attribute.count, body)
    }

    /// Whether the element has the attribute.
    package func has(_ name: KnownName, at node: Int) -> Bool {
        !nodes[node].isText && attribute(name.rawValue, of: node) != nil
    }

    @inlinable
    func withBytes<Result>(start: Int32, count: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[Int(start)..<Int(start) + Int(count)])) }
    }
}
