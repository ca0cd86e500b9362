/// One element of a document.
package struct Element {
    package let document: Document
    /// Its place in `document.nodes`.
    package let index: Int

    package init(_ document: Document, _ index: Int) {
        self.document = document
        self.index = index
    }

    private var node: Node { document.nodes[index] }

    /// Lower case: `div`.
    package var name: String { document.text(ofName: node.name) }

    package func `is`(_ known: KnownName) -> Bool { node.is(known) }

    /// The value of an attribute, `""` where it has none; nil where the element does not have it.
    ///
    /// Names are lower case.
    package subscript(attribute: String) -> String? {
        guard let number = document.number(ofName: attribute) else { return nil }
        guard let found = document.attribute(number, of: index) else { return nil }
        return document.withBytes(start: found.start, count: found.count) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the element and everything around it is shown, as far as the markup itself says.
    package var isVisible: Bool { !node.flags.contains(.hidden) }

    package var parent: Element? { node.parent < 0 ? nil : Element(document, Int(node.parent)) }

    /// The elements directly inside, in order.
    package var children: [Element] {
        var children: [Element] = []
        var next = index + 1
        while next < node.end {
            if !document.nodes[next].isText { children.append(Element(document, next)) }
            next = document.nodes[next].isText ? next + 1 : Int(document.nodes[next].end)
        }
        return children
    }

    /// All text inside as it stands, scripts and white space included.
    package var rawText: String {
        var text: [UInt8] = []
        for inner in (index + 1)..<max(index + 1, Int(node.end)) where document.nodes[inner].isText {
            document.withText(of: inner) { text.append(contentsOf: $0) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text inside that a person sees: one line, runs of white space as one space, nothing of scripts, styles,
    /// templates and hidden parts.
    ///
    /// `limit` is in bytes of UTF-8: reading stops there.
    package func visibleText(limit: Int = .max) -> String { document.visibleText(of: index, limit: limit) }
}

extension Document {
    /// The text inside a node that a person sees; see `Element.visibleText`.
    package func visibleText(of index: Int, limit: Int = .max) -> String {
        var line = TextLine()
        // What is asked for by name may itself be hidden, such as a title in the head.
        let isHiddenItself = nodes[index].flags.contains(.hidden)
        var inner = nodes[index].isText ? index : index + 1
        let end = max(inner, Int(nodes[index].end))
        // Nodes and bytes that are looked at: what is asked for a beginning may hold a page of nothing but space.
        var left = limit < Int.max / 8 ? 4 * limit + 8000 : Int.max
        while inner < end, line.bytes.count < limit, left > 0 {
            let node = nodes[inner]
            left -= 1
            if node.isText {
                withText(of: inner) { text in
                    line.append(UnsafeBufferPointer(rebasing: text.prefix(left)), limit: limit)
                    left -= text.prefix(left).count
                }
            } else if node.flags.contains(.hidden), !isHiddenItself || node.isNeverText {
                inner = max(inner + 1, Int(node.end))
                continue
            } else if !node.isInline {
                line.space()
            }
            inner += 1
        }
        return line.text
    }
}

extension Node {
    /// Whether the words before and after it belong to one line, perhaps to one word.
    var isInline: Bool {
        switch KnownName(rawValue: name) {
        case .a, .abbr, .b, .bdi, .data, .em, .i, .ins, .del, .label, .s, .small, .span, .strike, .strong, .sub, .sup,
            .time, .u:
            true
        default: name >= UInt16(KnownName.texts.count)
        }
    }

    var isNeverText: Bool { `is`(.script) || `is`(.style) || `is`(.template) }
}

/// Text put together with runs of white space as one space.
struct TextLine {
    private(set) var bytes: [UInt8] = []
    private var isSpaceDue = false

    mutating func space() { isSpaceDue = !bytes.isEmpty }

    /// `limit` is how long the line may become; a character that begins before it is taken whole.
    mutating func append(_ text: UnsafeBufferPointer<UInt8>, limit: Int) {
        var index = 0
        while index < text.count, bytes.count < limit || text[index] & 0xc0 == 0x80 {
            let byte = text[index]
            // A no-break space is white space too, in two bytes.
            if byte <= 0x20 {
                space()
                index += 1
            } else if byte == 0xc2, index + 1 < text.count, text[index + 1] == 0xa0 {
                space()
                index += 2
            } else {
                if isSpaceDue {
                    bytes.append(0x20)
                    isSpaceDue = false
                }
                bytes.append(byte)
                index += 1
            }
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
