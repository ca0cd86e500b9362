import Markup
import Testing

@Suite struct StructuredDataTests {
    @Test func `one bad block does not spoil the others`() {
        let data = Document(
            html: """
                <script type="application/ld+json">{"name": "a", </script>
                <script type="Application/LD+JSON">{"name":"b"}{"name":"c"}</script>
                <script type="application/ld+json"></script>
                <script type="application/ld+json">no json</script>
                <script>{"name":"d"}</script>
                """
        ).structuredData
        #expect(data.jsonLD.compactMap { $0.value["name"]?.text } == ["a", "b", "c"])
    }

    @Test func `meta tags go by property, name and itemprop`() {
        let data = Document(
            html: """
                <meta property="OG:Title" content=" Lamp "><meta name=description content=d><meta itemprop=price content=5>
                <meta property=og:title content=second><meta name=empty content="">
                """
        ).structuredData
        #expect(data.meta("og:title") == "Lamp")
        #expect(data.meta("price") == "5")
        #expect(data.meta("empty") == nil)
        #expect(data.metas.count == 5)
    }

    @Test func `microdata keeps items inside items apart`() throws {
        let data = Document(
            html: """
                <div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Lamp</h1>
                <div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><b itemprop="price" content="5.00">5 €</b>
                <link itemprop=availability href="http://schema.org/InStock"><time itemprop=validFrom datetime=2026></time></div>
                <img itemprop=image src=/a.jpg><div itemprop="brand" itemscope><i itemprop=name>Acme</i></div></div>
                """
        ).structuredData
        let product = try #require(data.microdata.first)
        #expect(product.types == ["Product"])
        #expect(product["name"]?.text == "Lamp")
        #expect(product["image"]?.text == "/a.jpg")
        #expect(product["price"] == nil)
        let offer = try #require(data.microdata.first { $0.types == ["Offer"] })
        #expect(offer.role == "offers")
        #expect(offer.parent == 0)
        #expect(offer["price"]?.text == "5.00")
        #expect(offer["availability"]?.text == "http://schema.org/InStock")
        #expect(offer["validFrom"]?.text == "2026")
    }

    @Test func `microdata that is named by reference or stands alone`() {
        let data = Document(
            html: """
                <b itemprop=price>7</b><p id=x><i itemprop=price>5</i></p>
                <div itemscope itemtype=http://schema.org/Offer itemref="x missing"></div>
                """
        ).structuredData
        #expect(data.microdata.first?["price"]?.text == "5")
        #expect(data.loose.map(\.text) == ["7", "5"])
    }

    @Test func `RDFa names types and properties with or without a prefix`() throws {
        let data = Document(
            html: """
                <div vocab="https://schema.org/" typeof="Product"><b property="name">Lamp</b><div property="offers"
                typeof="schema:Offer"><i property="schema:price" content="5">five</i></div></div>
                """
        ).structuredData
        #expect(data.rdfa.map(\.types) == [["Product"], ["Offer"]])
        #expect(data.rdfa.last?["price"]?.text == "5")
    }

    @Test(arguments: [("&quot;a&amp;b&#39;&#x41;", "\"a&b'A"), ("&euro;&nope;&", "€&nope;&"), ("a & b", "a & b")])
    func `entities that were escaped twice`(text: String, expected: String) {
        #expect(HTMLEntities.decode(text) == expected)
    }
}
