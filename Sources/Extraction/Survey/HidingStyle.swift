import Markup

/// Styles that shop systems have in common for what a script would show.
///
/// For prices alone they are no reason to pass over a place: many a page shows its one price from a script.
extension Survey {
    /// Whether an element, or one around it, is hidden so on screens of every size.
    func isKeptHidden(_ node: Int) -> Bool {
        var next = node
        for _ in 0..<12 where next >= 0 {
            if hasHidingStyle(next) { return true }
            next = Int(document.nodes[next].parent)
        }
        return false
    }

    /// Whether an element itself is.
    func hasHidingStyle(_ node: Int) -> Bool {
        guard !document.nodes[node].isText else { return false }
        let mayBe = document.withValue(of: .class, at: node) {
            $0.count < 200 && ($0.contains("hid") || $0.contains("d-none"))
        }
        guard mayBe == true, let names = document.value(of: .class, at: node) else { return false }
        let classes = names.split(whereSeparator: \.isWhitespace)
        guard classes.contains(where: { ["hide", "hidden", "d-none", "is-hidden", "u-hidden"].contains($0) }) else {
            return false
        }
        // `md:block`, `d-lg-flex`: shown on larger screens.
        return !classes.contains { name in
            (name.contains(":") && !name.hasSuffix("hidden")) || (name.hasPrefix("d-") && name != "d-none")
        }
    }
}
