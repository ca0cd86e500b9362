import Testing

@testable import Web

struct TemplateTests {
    @Test func `every tag of every template is a property of its view, and every part is reached`() throws {
        var check = TagCheck()
        for view in try SampleViews.all() { check.check(view) }
        #expect(check.problems.isEmpty)
        #expect(check.unreached.isEmpty)
    }

    @Test func `the check finds a tag that is no property`() {
        struct Wrong: PageView {
            static let template = "error"
            let frame = SampleViews.frame()
            let code = "404"
        }
        var check = TagCheck()
        check.check(Wrong())
        #expect(check.problems.contains("error: “headline” is no property."))
    }

    @Test func `every page is well formed, labelled and free of scripts`() throws {
        let templates = try Templates()
        for view in try SampleViews.all() {
            let problems = PageRules.problems(in: templates.html(view))
            #expect(problems.isEmpty, "\(type(of: view).template)")
        }
    }

    @Test func `the rules find what is wrong`() {
        let page = """
            <html lang="en"><title>x</title><main><h1>x</h1><p style="color:red"><input name="a">\
            <form method="post"></form></p></main></html>
            """
        #expect(PageRules.problems(in: page).count == 3)
        #expect(PageRules.problems(in: "<p><b></p>").contains("</p> closes something else."))
    }

    @Test func `what people and shops write is escaped`() throws {
        let evil = "<script>alert(\"1\")</script>' onload='x"
        let html = try Templates().html(SampleViews.product(try Samples.detail(name: evil)))
        #expect(!html.replacing("<script src=\"\(Assets().script.path)\" defer>", with: "").contains("<script"))
        #expect(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x"))
    }

    @Test(arguments: EmbeddedTemplates.all.keys.sorted())
    func `no template prints anything unescaped`(name: String) {
        let text = EmbeddedTemplates.all[name] ?? ""
        #expect(!text.contains("{{{"))
        #expect(!text.contains("{{&"))
        #expect(!text.contains("{{%"))
    }
}
