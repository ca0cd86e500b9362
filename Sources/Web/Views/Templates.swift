import Mustache

/// The page templates, parsed once at start.
struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Throws for a template that cannot be parsed: a broken one stops the start.
    init() throws {
        var library = MustacheLibrary()
        for (file, text) in EmbeddedTemplates.all {
            // The last line end stays out of the literals; partials need it to end their last line.
            try library.register(text + "\n", named: String(file.prefix { $0 != "." }))
        }
        self.library = library
    }

    /// The page as HTML, with everything that the view holds escaped.
    func html<View: PageView>(_ view: View) -> String {
        let fields = TemplateFields.plain(view) ?? view
        guard let html = library.render(fields, withTemplate: View.template) else {
            preconditionFailure("There is no template “\(View.template)”; the tests render every view.")
        }
        return html
    }
}
