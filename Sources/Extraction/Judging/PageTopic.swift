import Markup

/// What a page's structured data says it is about, where that is not one thing for sale.
struct PageTopic {
    /// A page about many things of a kind: a category, a search's results.
    private(set) var isCollection = false
    private(set) var hasArticle = false
    /// Whether one of the articles bears the page's own name.
    private(set) var isNamedArticle = false
    /// A restaurant or a hotel: things that have a page of their own and are not sold on it.
    private(set) var isPlace = false

    private static let collections: Set<String> = ["collectionpage", "searchresultspage"]
    private static let articles: Set<String> = [
        "article", "newsarticle", "blogposting", "report", "videoobject", "recipe", "howto",
    ]
    /// Those that are more than a part of a page about something else.
    private static let wholeArticles: Set<String> = ["article", "newsarticle", "blogposting"]
    private static let places: Set<String> = [
        "restaurant", "foodestablishment", "cafeorcoffeeshop", "barorpub", "hotel", "lodgingbusiness", "localbusiness",
        "touristattraction", "place",
    ]

    init(_ survey: Survey) {
        let titles = survey.titles.map(Wording.Name.init)
        func isTitle(_ name: String?, _ least: Double) -> Bool {
            guard let name = name.map(Wording.Name.init) else { return false }
            return titles.contains { $0.likeness(name) >= least }
        }
        // A shop's own name stands in every title, but it heads no product.
        let heading = survey.outline.firstHeading.map(Wording.Name.init)
        func isHeading(_ name: String?) -> Bool {
            guard let heading, let name, name.utf8.count >= 4 else { return false }
            return heading.likeness(Wording.Name(name)) >= 0.9
        }
        for block in survey.data.jsonLD.prefix(50) {
            for value in block.value.list.prefix(50) {
                note(value, Self.articles, isTitle, isHeading)
                for part in value["@graph"]?.list.prefix(50) ?? [] {
                    note(part, Self.wholeArticles, isTitle, isHeading)
                }
            }
        }
        for item in survey.data.microdata.prefix(200) where item.parent == nil {
            guard item.types.contains(where: { Self.places.contains($0.lowercased()) }) else { continue }
            if isHeading(item["name"]?.text.trimmedLine) { isPlace = true }
        }
    }

    private mutating func note(
        _ part: JSONValue,
        _ articles: Set<String>,
        _ isTitle: (String?, Double) -> Bool,
        _ isHeading: (String?) -> Bool
    ) {
        let types = Set(JSONLDGoods.types(part))
        if !types.isDisjoint(with: Self.collections) { isCollection = true }
        if !types.isDisjoint(with: articles) {
            hasArticle = true
            isNamedArticle = isNamedArticle || isTitle(part["headline"]?.text ?? part["name"]?.text, 0.5)
        }
        if !types.isDisjoint(with: Self.places), isHeading(part["name"]?.text) { isPlace = true }
    }
}
