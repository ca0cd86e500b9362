/// Finds declarations without a doc comment.
///
/// swift-format's rule looks at `public` members only, and everything here is `package`.
package enum DocumentationLint {
    /// One sentence for each `package` declaration, each requirement of a `package` protocol and each case of a
    /// `package` enum in `source` that has no `///` above it; `file` names it.
    package static func faults(in source: String, file: String) -> [String] {
        var faults: [String] = []
        var isDocumented = false
        /// The keyword of each type that is open, outermost first; what is no documented type is “other”.
        var open: [String] = []
        var isText = false
        for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let text = line.drop { $0 == " " }
            // What stands in a string of several lines is no code.
            if text.ranges(of: "\"\"\"").count.isMultiple(of: 2) == false { isText.toggle() }
            guard !isText else { continue }
            if text.hasPrefix("///") {
                isDocumented = true
                continue
            }
            if text.hasPrefix("//") || text.hasPrefix("@") && !text.contains(" ") { continue }
            if !isDocumented, needsDocumentation(text, within: open.last) {
                faults.append("\(file), line \(index + 1): no doc comment above “\(text.prefix(80))”.")
            }
            isDocumented = false
            let code = withoutStrings(text)
            for character in code {
                if character == "{" { open.append(kind(of: code)) }
                if character == "}", !open.isEmpty { open.removeLast() }
            }
        }
        return faults
    }

    private static func needsDocumentation(_ line: Substring, within type: String?) -> Bool {
        let words = line.split(separator: " ")
        guard let first = words.first else { return false }
        if words.contains("package"), words.firstIndex(of: "package") ?? 9 < 2 { return !words.contains("import") }
        switch type {
        case "protocol": return requirements.contains(first.prefix { $0 != "(" })
        case "enum": return first == "case"
        default: return false
        }
    }

    private static let requirements: [Substring] = [
        "static", "var", "func", "init", "mutating", "associatedtype", "subscript",
    ]

    private static func kind(of line: String) -> String {
        let words = line.split(separator: " ").map(String.init)
        return ["protocol", "enum"].first { words.contains("package") && words.contains($0) } ?? "other"
    }

    /// Strings hold braces that open nothing, but what is put into them may.
    private static func withoutStrings(_ line: Substring) -> String {
        var isString = false
        return line.filter { character in
            if character == "\"" { isString.toggle() }
            return !isString
        }
    }
}
