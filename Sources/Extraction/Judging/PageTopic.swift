import Markup

/// What a page's structured data says it is about, where that is not one thing for sale.
struct PageTopic {
    /// A page about many things of a kind: a category, a search's results.
    private(set) var isCollection = false
    private(set) var hasArticle = false
    /// Whether one of the articles bears the page's own name.
    private(set) var isNamedArticle = false
    /// A restaurant, a person, a film: things that have a page of their own and are not sold on it.
    private(set) var isPlace = false

    private static let collections: Set<String> = ["collectionpage", "searchresultspage"]
    private static let articles: Set<String> = [
        "article", "newsarticle", "blogposting", "report", "videoobject", "recipe", "howto",
    ]
    private static let places: Set<String> = [
        "restaurant", "foodestablishment", "cafeorcoffeeshop", "barorpub", "hotel", "lodgingbusiness", "localbusiness",
        "touristattraction", "place", "person", "musicgroup", "jobposting",
    ]

    init(_ survey: Survey) {
        let titles = survey.titles.map(Wording.Name.init)
        func isTitle(_ name: String?, _ least: Double) -> Bool {
            guard let name = name.map(Wording.Name.init) else { return false }
            return titles.contains { $0.likeness(name) >= least }
        }
        for block in survey.data.jsonLD {
            for value in block.value.list.prefix(50) {
                for part in [value] + (value["@graph"]?.list.prefix(50) ?? []) {
                    let types = Set(JSONLDGoods.types(part))
                    let name = part["headline"]?.text ?? part["name"]?.text
                    if !types.isDisjoint(with: Self.collections) { isCollection = true }
                    if !types.isDisjoint(with: Self.articles) {
                        hasArticle = true
                        isNamedArticle = isNamedArticle || isTitle(name, 0.5)
                    }
                    // A shop's own name stands in every title, but seldom alone.
                    if !types.isDisjoint(with: Self.places), isTitle(name, 0.9) { isPlace = true }
                }
            }
        }
        for item in survey.data.microdata.prefix(200) where item.parent == nil {
            guard item.types.contains(where: { Self.places.contains($0.lowercased()) }) else { continue }
            if isTitle(item["name"]?.text.trimmedLine, 0.9) { isPlace = true }
        }
    }
}
