/// A product page as shops write them, of our own making.
struct ShopPage {
    /// Where the page says what it costs.
    enum Markup: CaseIterable {
        case jsonLD, microdata, meta
    }

    var markup = Markup.jsonLD
    var name: String
    /// Plain decimals: `39.90`.
    var price: String
    var currency = "EUR"
    var isInStock = true
    var picture = "https://pictures.example/none.svg"

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(name) | Corner Shop</title>
        <meta property="og:title" content="\(name)">
        <meta property="og:image" content="\(picture)">
        \(head)
        </head>
        <body>
        <header><a href="/">Corner Shop</a> <a href="/basket">Basket (0)</a></header>
        <main\(markup == .microdata ? " itemscope itemtype=\"https://schema.org/Product\"" : "")>
        <h1\(markup == .microdata ? " itemprop=\"name\"" : "")>\(name)</h1>
        \(offer)
        <p>Made to last. Free returns within 30 days, delivery in two working days.</p>
        <button>\(isInStock ? "Add to basket" : "Tell me when it is back")</button>
        </main>
        <aside><h2>Others also looked at</h2>
        <ul><li>Tea strainer 4.95 \(currency)</li><li>Dish cloth 7.20 \(currency)</li></ul></aside>
        </body>
        </html>
        """
    }

    private var stock: String { isInStock ? "InStock" : "OutOfStock" }

    private var head: String {
        switch markup {
        case .jsonLD:
            """
            <script type="application/ld+json">
            {"@context": "https://schema.org", "@type": "Product", "name": "\(name)", "image": "\(picture)",
             "offers": {"@type": "Offer", "price": "\(price)", "priceCurrency": "\(currency)",
                        "availability": "https://schema.org/\(stock)"}}
            </script>
            """
        case .meta:
            """
            <meta property="og:type" content="product">
            <meta property="product:price:amount" content="\(price)">
            <meta property="product:price:currency" content="\(currency)">
            <meta property="product:availability" content="\(isInStock ? "in stock" : "out of stock")">
            """
        case .microdata: ""
        }
    }

    private var offer: String {
        switch markup {
        case .microdata:
            """
            <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
            <span class="price"><span itemprop="price" content="\(price)">\(price)</span>
            <span itemprop="priceCurrency" content="\(currency)">\(currency)</span></span>
            <link itemprop="availability" href="https://schema.org/\(stock)"></div>
            """
        case .jsonLD, .meta: "<p class=\"price\">\(price) \(currency)</p>"
        }
    }
}
