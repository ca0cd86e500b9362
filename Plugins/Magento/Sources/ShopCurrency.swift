import Markup
import Model
import PluginAPI

/// The currency of the page's bare amounts.
enum ShopCurrency {
    /// What the page names to machines, else what its pattern for prices means there; nil where neither tells.
    static func find(_ page: Page, _ settings: PageSettings) -> Currency? {
        if let named = NamedCurrency.find(page.document) { return named.currency }
        guard let pattern = settings.pattern else { return nil }
        return PriceText.currency(pattern.replacing("%s", with: " "), in: context(of: page, nil))
    }

    /// How a price that the page shows is to be read.
    static func context(of page: Page, _ currency: Currency?) -> PriceText.Context {
        PriceText.Context(
            locale: page.document.root?["lang"],
            defaultCurrency: currency,
            topLevelDomain: page.address.host
        )
    }
}
