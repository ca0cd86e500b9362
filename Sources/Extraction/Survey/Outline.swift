import Markup

/// The facts of one pass over all nodes.
struct Outline {
    /// Bytes of visible text other than white space in the nodes before each node.
    private(set) var visibleBefore: ContiguousArray<Int32>
    /// Visible texts with a digit before each node.
    private(set) var figuresBefore: ContiguousArray<Int32>
    /// Visible texts that are short and hold a digit, in order.
    private(set) var figures: [Int] = []
    private(set) var headings: [Heading] = []
    /// Phrases in short visible texts, in order.
    private(set) var phrases: [(phrase: Phrase, node: Int)] = []
    private(set) var title: String?
    private(set) var firstHeading: String?
    private(set) var language: String?
    private(set) var base: String?
    private(set) var canonical: String?
    private(set) var linkCount = 0
    private(set) var imageCount = 0
    private(set) var scriptBytes = 0

    struct Heading {
        let node: Int
        let level: Int
    }

    var visibleBytes: Int { Int(visibleBefore.last ?? 0) }

    /// Bytes of visible text in a node.
    func visibleBytes(in node: Node, at index: Int) -> Int {
        Int(visibleBefore[Int(node.end)] - visibleBefore[index])
    }

    /// Visible texts with digits in a node.
    func figures(in node: Node, at index: Int) -> Int { Int(figuresBefore[Int(node.end)] - figuresBefore[index]) }

    init(_ document: Document) {
        let count = document.nodes.count
        visibleBefore = ContiguousArray(repeating: 0, count: count + 1)
        figuresBefore = ContiguousArray(repeating: 0, count: count + 1)
        var visible: Int32 = 0
        var digits: Int32 = 0
        var scratch: [UInt8] = []
        for (index, node) in document.nodes.enumerated() {
            visibleBefore[index] = visible
            figuresBefore[index] = digits
            if node.isText {
                guard !node.flags.contains(.hidden) else { continue }
                let (length, hasDigit) = document.withText(of: index) { Self.measure($0) }
                visible += Int32(length)
                if hasDigit {
                    digits += 1
                    if length <= 100 { figures.append(index) }
                }
                if length > 0, length <= 100 {
                    document.withText(of: index) { Self.lower($0, into: &scratch) }
                    scan(scratch, index)
                }
            } else {
                note(node, index, document, &scratch)
            }
        }
        visibleBefore[count] = visible
        figuresBefore[count] = digits
    }

    private mutating func note(_ node: Node, _ index: Int, _ document: Document, _ scratch: inout [UInt8]) {
        switch KnownName(rawValue: node.name) {
        case .a: linkCount += 1
        case .img: imageCount += 1
        case .h1, .h2:
            guard !node.flags.contains(.hidden) else { return }
            headings.append(Heading(node: index, level: node.is(.h1) ? 1 : 2))
            firstHeading = firstHeading ?? document.visibleText(of: index, limit: 200)
        case .script: scriptBytes += Int(node.end) > index + 1 ? document.withText(of: index + 1) { $0.count } : 0
        case .title:
            if title == nil {
                let text = document.visibleText(of: index, limit: 1000)
                if !text.isEmpty { title = text }
            }
        case .html: language = language ?? document.value(of: .lang, at: index).flatMap { $0.isEmpty ? nil : $0 }
        case .base: base = base ?? document.value(of: .href, at: index)
        case .link:
            if canonical == nil, document.value(of: .rel, at: index)?.lowercased() == "canonical" {
                canonical = document.value(of: .href, at: index)
            }
        case .input, .button:
            guard !node.flags.contains(.hidden) else { return }
            if document.withValue(of: .value, at: index, { Self.lower($0, into: &scratch) }) != nil, scratch.count <= 60
            {
                scan(scratch, index)
            }
        default: break
        }
    }

    private mutating func scan(_ lower: [UInt8], _ index: Int) {
        guard phrases.count < 20_000 else { return }
        lower.withUnsafeBufferPointer { Phrase.scan($0) { phrase, _ in phrases.append((phrase, index)) } }
    }

    /// Bytes other than white space, and whether a digit is among them.
    private static func measure(_ text: UnsafeBufferPointer<UInt8>) -> (length: Int, hasDigit: Bool) {
        var length = 0
        var hasDigit = false
        for byte in text {
            if byte > 0x20 { length += 1 }
            if byte >= 0x30, byte <= 0x39 { hasDigit = true }
        }
        // Digits of other scripts are rare enough to be looked for only where they can be.
        if !hasDigit, length <= 100, text.contains(where: { $0 >= 0xd9 }) {
            hasDigit = String(decoding: text, as: UTF8.self).contains { $0.isWholeNumber }
        }
        return (length, hasDigit)
    }

    /// Small letters, runs of white space (no-break spaces too) as one space.
    static func lower(_ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        var isASCII = true
        for byte in text {
            if byte <= 0x20 {
                if scratch.last != 0x20, !scratch.isEmpty { scratch.append(0x20) }
            } else if byte >= 0x41, byte <= 0x5a {
                scratch.append(byte | 0x20)
            } else {
                isASCII = isASCII && byte < 0x80
                scratch.append(byte)
            }
        }
        if !isASCII {
            let lower = String(decoding: scratch, as: UTF8.self).lowercased()
            scratch.removeAll(keepingCapacity: true)
            for scalar in lower.unicodeScalars {
                if scalar == "\u{a0}" || scalar == "\u{202f}" {
                    scratch.append(0x20)
                } else if scalar == "\u{2019}" {
                    scratch.append(0x27)
                } else {
                    scratch.append(contentsOf: UTF8.encode(scalar) ?? .init())
                }
            }
        }
    }
}
