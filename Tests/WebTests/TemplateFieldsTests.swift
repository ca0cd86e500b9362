import Model
import Testing

@testable import Web

struct TemplateFieldsTests {
    private struct Page {
        let title: String
        let note: String?
        let id: ID<Product>
        let rows: [Row]
    }

    private struct Row {
        let count: Int
        let isNew: Bool?
    }

    @Test func `a view is taken apart to its rows, without what is not there`() throws {
        let page = Page(
            title: "Lamps",
            note: nil,
            id: ID("p1"),
            rows: [Row(count: 3, isNew: true), Row(count: 4, isNew: nil)]
        )
        let fields = try #require(TemplateFields.plain(page) as? TemplateFields)
        #expect(fields.child(named: "title") as? String == "Lamps")
        #expect(fields.child(named: "note") == nil)
        #expect(fields.child(named: "price") == nil)
        let rows = try #require(fields.child(named: "rows") as? [Any]).compactMap { $0 as? TemplateFields }
        #expect(rows.map { $0.child(named: "count") as? Int } == [3, 4])
        #expect(rows.map { $0.child(named: "isNew") as? Bool } == [true, nil])
    }

    @Test func `what has a text of its own stays what it is`() throws {
        let page = Page(title: "", note: nil, id: ID("p1"), rows: [])
        let fields = try #require(TemplateFields.plain(page) as? TemplateFields)
        #expect(fields.child(named: "id").map { "\($0)" } == "p1")
    }
}
