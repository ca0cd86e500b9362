/// A CSS selector: `tag`, `*`, `.class`, `#id`, `[attr]`, `[attr=v]`, `^=`, `*=`, `$=`, `~=`, descendant, child `>`,
/// comma.
///
/// Everything else is an error that says so.
package struct Selector: Hashable, Sendable {
    /// One simple selector after another, outermost first.
    struct Step: Hashable, Sendable {
        var name: String?
        var tests: [Test] = []
        /// Whether the step before must match the parent rather than any ancestor.
        var isChild = false
    }

    enum Test: Hashable, Sendable {
        case has(String)
        case equals(String, String)
        case word(String, String)
        case prefix(String, String)
        case suffix(String, String)
        case contains(String, String)
    }

    /// One list of steps per alternative.
    let alternatives: [[Step]]

    package init(_ text: String) throws(SelectorError) {
        var parser = SelectorParser(text)
        alternatives = try parser.alternatives()
    }

    func matches(_ element: Element) -> Bool { alternatives.contains { matches(element, $0[...]) } }

    private func matches(_ element: Element, _ steps: ArraySlice<Step>) -> Bool {
        guard let last = steps.last, matches(element, last) else { return false }
        let before = steps.dropLast()
        guard !before.isEmpty else { return true }
        if last.isChild { return element.parent.map { matches($0, before) } ?? false }
        // Greedy is right where no child step is left above; else each ancestor is tried, a bounded number of times.
        var ancestor = element.parent
        var tries = 0
        while let next = ancestor, tries < 500 {
            if matches(next, before) { return true }
            ancestor = next.parent
            tries += 1
        }
        return false
    }

    private func matches(_ element: Element, _ step: Step) -> Bool {
        if let name = step.name, name != element.name { return false }
        return step.tests.allSatisfy { test in
            switch test {
            case .has(let name): element[name] != nil
            case .equals(let name, let value): element[name] == value
            case .word(let name, let value):
                element[name]?.split(whereSeparator: \.isWhitespace).contains { $0 == value } ?? false
            case .prefix(let name, let value): !value.isEmpty && element[name]?.hasPrefix(value) ?? false
            case .suffix(let name, let value): !value.isEmpty && element[name]?.hasSuffix(value) ?? false
            case .contains(let name, let value):
                !value.isEmpty && element[name]?.firstRange(of: value) != nil
            }
        }
    }
}

/// Why a text is not a selector that this program can use.
package struct SelectorError: Error, Hashable, CustomStringConvertible {
    /// A sentence that quotes the selector.
    package let description: String
}

extension Document {
    /// The elements that match, in document order.
    package func all(_ selector: Selector) -> [Element] { elements.filter { selector.matches($0) } }

    /// The first element that matches.
    package func first(_ selector: Selector) -> Element? { elements.first { selector.matches($0) } }

    /// As `all(_ selector: Selector)`; throws where the text is no selector.
    package func all(_ selector: String) throws(SelectorError) -> [Element] { all(try Selector(selector)) }

    /// As `first(_ selector: Selector)`; throws where the text is no selector.
    package func first(_ selector: String) throws(SelectorError) -> Element? { first(try Selector(selector)) }
}
