/// A fenced block of code in a Markdown text.
package struct CodeBlock: Hashable, Sendable {
    /// What stands behind the opening fence: `swift`, `json`; may be empty.
    package let language: String
    /// The path that an HTML comment right above the fence names, as in `<!-- Tests/HostTests/Examples/Shop.swift -->`.
    package let source: String?
    /// The lines between the fences, each ended by a line feed.
    package let text: String

    /// Every block of a text, in its order.
    ///
    /// A fence is a line that begins with three backticks.
    package static func all(in markdown: String) -> [CodeBlock] {
        var blocks: [CodeBlock] = []
        var open: (language: String, source: String?, fence: Substring, text: String)?
        var comment: String?
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            let fence = line.prefix { $0 == "`" }
            if let block = open {
                if line == block.fence {
                    blocks.append(CodeBlock(language: block.language, source: block.source, text: block.text))
                    open = nil
                } else {
                    open?.text += "\(line)\n"
                }
            } else if fence.count >= 3 {
                open = (String(line.dropFirst(fence.count)), comment, fence, "")
                comment = nil
            } else if line.hasPrefix("<!-- "), line.hasSuffix(" -->") {
                comment = String(line.dropFirst(5).dropLast(4))
            } else if !line.isEmpty {
                comment = nil
            }
        }
        return blocks
    }
}
