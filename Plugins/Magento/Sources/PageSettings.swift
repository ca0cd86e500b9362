import Markup

/// What the page hands to the platform's scripts, as JSON in `<script type="text/x-magento-init">`.
struct PageSettings {
    /// `spConfig` or `jsonConfig`: the variants of the product, with `optionPrices`.
    let variants: JSONValue?
    /// How a price is written: `%s €`.
    let pattern: String?

    init(_ document: Document) {
        var variants: JSONValue?
        var pattern: String?
        for script in document.elements where script.is(.script) && script["type"] == "text/x-magento-init" {
            let text = script.rawText
            guard text.firstRange(of: "optionPrices") != nil || text.firstRange(of: "priceFormat") != nil else {
                continue
            }
            for value in JSONParser.values(text) {
                variants = variants ?? Self.find(value, depth: 0) { $0["optionPrices"] != nil }
                pattern =
                    pattern ?? Self.find(value, depth: 0) { $0["priceFormat"] != nil }?["priceFormat"]?["pattern"]?.text
            }
        }
        self.variants = variants
        self.pattern = pattern ?? variants?["currencyFormat"]?.text
    }

    private static func find(_ value: JSONValue, depth: Int, _ isWanted: (JSONValue) -> Bool) -> JSONValue? {
        if isWanted(value) { return value }
        // The deepest known place is the fourth level.
        guard depth < 8 else { return nil }
        for member in value.members {
            if let found = find(member.value, depth: depth + 1, isWanted) { return found }
        }
        return nil
    }
}
