/// Reads the text of a selector.
struct SelectorParser {
    private let text: String
    private var rest: Substring

    init(_ text: String) {
        self.text = text
        rest = text[...]
    }

    mutating func alternatives() throws(SelectorError) -> [[Selector.Step]] {
        guard text.utf8.count <= 1000 else { throw error("is longer than 1000 characters") }
        var alternatives: [[Selector.Step]] = []
        repeat {
            alternatives.append(try steps())
        } while take(",")
        guard rest.isEmpty else { throw error("has “\(rest.prefix(10))” where it cannot be read") }
        return alternatives
    }

    private mutating func steps() throws(SelectorError) -> [Selector.Step] {
        var steps: [Selector.Step] = []
        var isChild = false
        skipSpace()
        while let next = rest.first, next != "," {
            if take(">") {
                guard !steps.isEmpty, !isChild else { throw error("has a “>” without an element before it") }
                isChild = true
                skipSpace()
                continue
            }
            var step = try simple()
            step.isChild = isChild
            isChild = false
            steps.append(step)
            skipSpace()
        }
        guard !steps.isEmpty, !isChild else { throw error("is empty or ends too early") }
        return steps
    }

    private mutating func simple() throws(SelectorError) -> Selector.Step {
        var step = Selector.Step()
        if !take("*"), let name = name() { step.name = name.lowercased() }
        let isUniversal =
            step.name == nil && rest.startIndex > text.startIndex && text[text.index(before: rest.startIndex)] == "*"
        while true {
            if take(".") {
                step.tests.append(.word("class", try requiredName()))
            } else if take("#") {
                step.tests.append(.equals("id", try requiredName()))
            } else if take("[") {
                step.tests.append(try attribute())
            } else {
                break
            }
        }
        guard step.name != nil || !step.tests.isEmpty || isUniversal else {
            throw error("has “\(rest.prefix(10))” where an element was expected")
        }
        return step
    }

    private mutating func attribute() throws(SelectorError) -> Selector.Test {
        skipSpace()
        let name = try requiredName().lowercased()
        skipSpace()
        if take("]") { return .has(name) }
        let mark = rest.first.flatMap { "^$*~".contains($0) ? $0 : nil }
        if mark != nil { rest.removeFirst() }
        guard take("=") else { throw error("has an attribute without “=” or “]”") }
        skipSpace()
        let value = try attributeValue()
        skipSpace()
        guard take("]") else { throw error("has an attribute without “]”") }
        switch mark {
        case "^": return .prefix(name, value)
        case "$": return .suffix(name, value)
        case "*": return .contains(name, value)
        case "~": return .word(name, value)
        default: return .equals(name, value)
        }
    }

    private mutating func attributeValue() throws(SelectorError) -> String {
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return try requiredName() }
        rest.removeFirst()
        guard let end = rest.firstIndex(of: quote) else { throw error("has a quote that does not end") }
        let value = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        return value
    }

    private mutating func requiredName() throws(SelectorError) -> String {
        guard let name = name() else { throw error("has “\(rest.prefix(10))” where a name was expected") }
        return name
    }

    private mutating func name() -> String? {
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : String(name)
    }

    private mutating func take(_ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }

    private func error(_ problem: String) -> SelectorError {
        SelectorError(description: "The selector “\(text.prefix(200))” \(problem).")
    }
}
