import Model
import Testing

@Suite struct AddressParameterTests {
    @Test func `parameters are read in their order and decoded`() throws {
        let address = try WebAddress("https://a.example/p?attribute_pa_color=dark+red&x=%C3%A4%2&empty=&alone&x=2#part")
        #expect(address.parameters.map(\.name) == ["attribute_pa_color", "x", "empty", "alone", "x"])
        #expect(address.parameters.map(\.value) == ["dark red", "ä%2", "", "", "2"])
        #expect(address.parameter("x") == "ä%2")
        #expect(address.parameter("y") == nil)
    }

    @Test func `an address without a query has none`() throws {
        #expect(try WebAddress("https://a.example/p").parameters.isEmpty)
    }

    @Test(arguments: [
        ("www.shop.co.uk", "co.uk"), ("shop.com", "com"), ("m.shop.de", "de"), ("shop.com.au", "com.au"),
        ("shop.other.example", nil), ("shop.de.example", nil), ("myshop.de", nil), ("shop", nil), ("shop.org.uk", nil),
    ])
    func `a shop of many countries is known by its name and a country's ending`(host: String, ending: String?) throws {
        #expect(try WebAddress("https://\(host)/").ending(after: "shop") == ending)
    }
}
