import Markup
import Testing

@Suite struct ElementSearchTests {
    private let document = Document(
        html: "<div id=\"a\" class=\"price big\"><p class=\"prices\">x<b id=\"c\">1</b></p></div><i id=\"c\"></i>"
    )

    @Test func `descendants are the elements inside, without texts`() throws {
        let outer = try #require(document.element(id: "a"))
        #expect(outer.descendants.map(\.name) == ["p", "b"])
        #expect(try #require(document.element(id: "c")).descendants.map(\.name) == [])
    }

    @Test func `ancestors go outwards`() throws {
        #expect(try #require(document.element(id: "c")).ancestors.map(\.name) == ["p", "div", "body", "html"])
    }

    @Test func `a class is a whole word`() throws {
        let outer = try #require(document.element(id: "a"))
        #expect(outer.hasClass("price"))
        #expect(outer.hasClass("big"))
        #expect(!outer.hasClass("pric"))
        #expect(!(try #require(outer.descendants.first { $0.is(.p) }).hasClass("price")))
    }

    @Test func `an id that stands twice is found twice`() {
        #expect(document.elements(id: "c").map(\.name) == ["b", "i"])
        #expect(document.elements(id: "b").isEmpty)
    }
}
