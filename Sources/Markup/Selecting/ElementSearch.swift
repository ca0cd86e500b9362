// For code that knows the names it looks for: quicker than a selector, for no text is made of what does not match.
extension Element {
    /// The elements inside, in document order.
    package var descendants: some Sequence<Element> {
        let document = document
        return ((index + 1)..<max(index + 1, Int(document.nodes[index].end))).lazy
            .filter { !document.nodes[$0].isText }.map { Element(document, $0) }
    }

    /// The elements around it, innermost first.
    package var ancestors: some Sequence<Element> { sequence(first: self, next: \.parent).dropFirst() }

    /// Whether `class` names it; case matters.
    package func hasClass(_ name: StaticString) -> Bool {
        document.withValue(of: .class, at: index) { value in
            var from = 0
            while let start = value.firstIndex(of: name, from: from) {
                let end = start + name.utf8CodeUnitCount
                let isWhole = (start == 0 || value[start - 1] <= 0x20) && (end == value.count || value[end] <= 0x20)
                if isWhole { return true }
                from = start + 1
            }
            return false
        } ?? false
    }
}

extension Document {
    /// The elements of this `id`, in document order: shops repeat what should be there once.
    package func elements(id: String) -> [Element] { (numbersByID[id] ?? []).map { Element(self, $0) } }

    /// The first element of this `id`.
    package func element(id: String) -> Element? { numbersByID[id]?.first.map { Element(self, $0) } }

    /// Where each `id` stands in `nodes`.
    func findIDs() -> [String: [Int]] {
        var numbers: [String: [Int]] = [:]
        for index in nodes.indices {
            if let id = value(of: .id, at: index), !id.isEmpty { numbers[id, default: []].append(index) }
        }
        return numbers
    }
}
