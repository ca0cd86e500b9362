import CXML2

/// The flat lists while they grow: what the parser reports goes to their ends.
struct NodeLayout {
    private(set) var nodes: ContiguousArray<Node> = []
    private(set) var attributes: ContiguousArray<Attribute> = []
    private(set) var bytes: ContiguousArray<UInt8> = []
    private(set) var names: [String] = []
    private var open: [Int32] = []
    private var cache = NameCache()
    private var numbers: [String: UInt16] = [:]
    /// The parser that reports, while it runs.
    var context: htmlParserCtxtPtr?

    /// Deeper markup is made to harm parsers: closing tags are looked up through all open elements.
    private static let deepest = 2000
    /// Any page may be as deep as this.
    private static let deep = 100
    /// The depth times the bytes that follow: a megabyte may be 2000 deep, twenty megabytes a hundred.
    private static let mostLookups = 2_000_000_000
    private static let mostNodes = 4_000_000

    init(capacity: Int) {
        nodes.reserveCapacity(min(capacity / 24, 1_000_000))
        attributes.reserveCapacity(min(capacity / 32, 1_000_000))
        bytes.reserveCapacity(min(capacity, 64_000_000))
    }

    /// Ends what is still open.
    mutating func finish() {
        while let last = open.popLast() { nodes[Int(last)].end = Int32(nodes.count) }
    }

    mutating func start(_ name: UnsafePointer<xmlChar>?, _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) {
        guard let name else { return }
        let number = number(of: name)
        let firstAttribute = Int32(attributes.count)
        if var list {
            while let attributeName = list.pointee {
                let value = list.successor().pointee
                append(attribute: self.number(of: attributeName), value: value)
                list += 2
            }
        }
        var flags = open.last.map { nodes[Int($0)].flags } ?? []
        flags.formUnion(ownFlags(number, attributes[Int(firstAttribute)...]))
        let node = Node(
            name: number,
            flags: flags,
            parent: open.last ?? -1,
            end: Int32(nodes.count) + 1,
            start: firstAttribute,
            count: Int32(attributes.count) - firstAttribute
        )
        open.append(Int32(nodes.count))
        nodes.append(node)
        if isTooDeep || nodes.count > Self.mostNodes { return xmlStopParser(context) }
        if number == KnownName.script.rawValue || number == KnownName.style.rawValue { takeRawText(name) }
    }

    /// Whether the parser would be kept busy: each end tag may be looked up through all that is open.
    private var isTooDeep: Bool {
        guard open.count > Self.deep, let input = context?.pointee.input else { return false }
        return open.count > Self.deepest || open.count * (input.pointee.end - input.pointee.cur) > Self.mostLookups
    }

    /// Takes what stands in a script or style at once and moves the parser to its end tag.
    ///
    /// The parser would go through it character by character, and it is half of most pages. Called where the parser
    /// stands at the `>` of the start tag; where it does not, or where markup comes first, the parser does it its way.
    private mutating func takeRawText(_ name: UnsafePointer<xmlChar>) {
        guard let input = context?.pointee.input, let mark = input.pointee.cur, let end = input.pointee.end,
            mark < end, mark.pointee == 0x3e, mark + 1 < end, mark[1] != 0x3c
        else { return }
        let raw = UnsafeBufferPointer(start: mark + 1, count: end - mark - 1)
        guard let count = RawText.length(of: raw, until: name), count > 0 else { return }
        RawText.valid(UnsafeBufferPointer(rebasing: raw[..<count])) { characters($0.baseAddress, Int32($0.count)) }
        // The parser's own copy of the page: it goes on as if the start tag ended just before the end tag.
        let last = mark + count
        UnsafeMutablePointer(mutating: last).pointee = 0x3e
        input.pointee.cur = last
    }

    mutating func end() {
        guard let last = open.popLast() else { return }
        nodes[Int(last)].end = Int32(nodes.count)
    }

    mutating func characters(_ text: UnsafePointer<xmlChar>?, _ count: Int32) {
        guard let text, count > 0 else { return }
        let parent = open.last ?? -1
        // The parser hands long text over in pieces.
        if let last = nodes.last, last.isText, last.parent == parent, last.start + last.count == Int32(bytes.count) {
            nodes[nodes.count - 1].count += count
        } else {
            let flags = open.last.map { nodes[Int($0)].flags } ?? []
            nodes.append(
                Node(
                    name: KnownName.text.rawValue,
                    flags: flags,
                    parent: parent,
                    end: Int32(nodes.count) + 1,
                    start: Int32(bytes.count),
                    count: count
                )
            )
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: text, count: Int(count)))
    }

    private mutating func append(attribute number: UInt16, value: UnsafePointer<xmlChar>?) {
        let start = Int32(bytes.count)
        if let value { bytes.append(contentsOf: UnsafeBufferPointer(start: value, count: Int(xmlStrlen(value)))) }
        attributes.append(Attribute(name: number, start: start, count: Int32(bytes.count) - start))
    }

    private func ownFlags(_ name: UInt16, _ list: ContiguousArray<Attribute>.SubSequence) -> Node.Flags {
        var flags: Node.Flags = []
        switch KnownName(rawValue: name) {
        case .script, .style, .template, .noscript, .head, .iframe, .object, .svg, .textarea: flags.insert(.hidden)
        // Shown by a script once the page has loaded.
        case .html, .body: return flags
        case .del, .s, .strike: flags.insert(.struck)
        default: break
        }
        for attribute in list {
            if attribute.name == KnownName.hidden.rawValue {
                flags.insert(.hidden)
            } else if attribute.name == KnownName.style.rawValue, attribute.count >= 12 {
                flags.formUnion(styleFlags(attribute))
            }
        }
        return flags
    }

    /// What an inline style says about being seen.
    private func styleFlags(_ style: Attribute) -> Node.Flags {
        var text: [UInt8] = []
        for byte in bytes[Int(style.start)..<Int(style.start) + Int(style.count)] where byte > 0x20 {
            text.append(byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)
        }
        var flags: Node.Flags = []
        if text.contains("display:none") || text.contains("visibility:hidden") { flags.insert(.hidden) }
        if text.contains("line-through") { flags.insert(.struck) }
        return flags
    }

    private mutating func number(of name: UnsafePointer<xmlChar>) -> UInt16 {
        // The parser keeps one copy of each name, so its address stands for the name.
        let address = UInt(bitPattern: name)
        if let number = cache[address] { return number }
        let text = String(cString: name)
        let number: UInt16
        if let known = KnownName.numbers[text] {
            number = known
        } else if let own = numbers[text] {
            number = own
        } else if names.count < 50_000 {
            number = UInt16(KnownName.texts.count + names.count)
            names.append(text)
            numbers[text] = number
        } else {
            number = UInt16(KnownName.texts.count)
        }
        cache[address] = number
        return number
    }
}

/// Numbers by the address of a name: a small table in which a newer entry replaces an older one.
private struct NameCache {
    private var entries = ContiguousArray<(address: UInt, number: UInt16)>(repeating: (0, 0), count: 1024)

    subscript(address: UInt) -> UInt16? {
        get {
            let entry = entries[Self.slot(address)]
            return entry.address == address ? entry.number : nil
        }
        set {
            guard let newValue else { return }
            entries[Self.slot(address)] = (address, newValue)
        }
    }

    private static func slot(_ address: UInt) -> Int { Int(truncatingIfNeeded: (address ^ (address >> 10)) & 1023) }
}
