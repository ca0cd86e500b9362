import Markup

/// Amazon's own way of writing a price: once for readers of screens, once in parts of different sizes.
enum PriceSpan {
    /// The text of an `.a-price`: `$35.99`.
    static func text(of price: Element) -> String {
        let whole = price.descendants.first { $0.hasClass("a-offscreen") }?.visibleText(limit: 60) ?? ""
        if whole.contains(where: \.isNumber) { return whole }
        return assembled(price)
    }

    /// `<span class="a-price-symbol">$</span>`, `a-price-whole` with its mark, `a-price-fraction`.
    private static func assembled(_ price: Element) -> String {
        func part(_ name: StaticString) -> String {
            price.descendants.first { $0.hasClass(name) }?.visibleText(limit: 40) ?? ""
        }
        let fraction = part("a-price-fraction")
        var whole = String(part("a-price-whole").filter { !$0.isWhitespace })
        guard !whole.isEmpty else { return price.visibleText(limit: 60) }
        if fraction.isEmpty {
            if whole.last?.isNumber == false { whole.removeLast() }
        } else if whole.last?.isNumber == true {
            whole += whole.contains(".") ? "," : "."
        }
        let number = whole + fraction
        let symbol = part("a-price-symbol")
        // Where the sign stands behind, a space keeps it apart; before a number it may stand close.
        return symbol.isEmpty ? number : "\(symbol) \(number)"
    }
}
