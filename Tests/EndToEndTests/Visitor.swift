import FoundationEssentials

/// A person at a browser without scripts: curl with a jar of cookies, so that no code of ours speaks to ours.
struct Visitor {
    let address: String
    private let jar: String

    /// The jar lies in the installation's folder: it is still there after a restart.
    init(_ program: RunningProgram) {
        address = program.address
        jar = "\(program.installation.folder)/cookies"
    }

    /// Opens a page of this installation, given as a path or a whole address, and follows where it leads.
    func open(_ place: String) async throws -> VisitedPage {
        try await page(place, [])
    }

    /// Fills in the form whose action is `action` on a page, leaving its hidden fields as they are, and sends it.
    func submit(_ action: String, on page: VisitedPage, _ fields: [String: String] = [:]) async throws -> VisitedPage {
        guard let form = page.form(action) else {
            throw Problem("The page \(page.url) has no form for \(action):\n\(page.html)")
        }
        let all = form.hidden.merging(fields) { _, chosen in chosen }
        return try await send(action, all)
    }

    /// Sends fields without asking whether a page has such a form, as another site would.
    func send(_ action: String, _ fields: [String: String]) async throws -> VisitedPage {
        let origin = ["--header", "Origin: \(address)", "--header", "Sec-Fetch-Site: same-origin"]
        let data = fields.sorted { $0.key < $1.key }.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] }
        return try await page(action, origin + data)
    }

    /// The value of one of this installation's cookies.
    func cookie(_ name: String) throws -> String? {
        let text = try String(decoding: Data(contentsOf: URL(filePath: jar)), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let columns = line.split(separator: "\t")
            if columns.count == 7, columns[5] == name { return String(columns[6]) }
        }
        return nil
    }

    private func page(_ place: String, _ arguments: [String]) async throws -> VisitedPage {
        let url = place.hasPrefix("http://") ? place : address + place
        let output = try await Command.output(
            "curl",
            ["--silent", "--show-error", "--max-time", "300", "--location", "--cookie", jar, "--cookie-jar", jar]
                + ["--write-out", "\n%{http_code} %{url_effective}"] + arguments + [url]
        )
        return try VisitedPage(output)
    }
}

/// What a visitor sees.
struct VisitedPage {
    let status: Int
    /// Where it was found in the end.
    let url: String
    let html: String

    /// The answer with curl's line about it below.
    init(_ output: [UInt8]) throws {
        let text = String(decoding: output, as: UTF8.self)
        guard let end = text.lastIndex(of: "\n"), let space = text[end...].firstIndex(of: " "),
            let status = Int(text[text.index(after: end)..<space])
        else { throw Problem("curl said nothing about the answer:\n\(text)") }
        self.status = status
        url = String(text[text.index(after: space)...])
        html = String(text[..<end])
    }

    var path: String { String(url.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }.prefix { $0 != "?" }) }

    /// All text of the page, tags left out.
    var words: String {
        html.split(separator: "<").map { $0.drop { $0 != ">" }.dropFirst() }.joined()
    }

    /// The form that is sent to `action`.
    func form(_ action: String) -> (hidden: [String: String], html: Substring)? {
        let forms = html.between("<form", "</form>")
        guard let form = forms.first(where: { $0.prefix { $0 != ">" }.firstRange(of: "action=\"\(action)\"") != nil })
        else { return nil }
        var hidden: [String: String] = [:]
        for field in form.between("<input", ">") where field.attribute("type") == "hidden" {
            if let name = field.attribute("name") { hidden[name] = field.attribute("value") ?? "" }
        }
        return (hidden, form)
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Every piece between a beginning and the next end.
    func between(_ begin: String, _ end: String) -> [Substring] {
        var pieces: [Substring] = []
        var rest = self[...]
        while let start = rest.firstRange(of: begin), let stop = rest[start.upperBound...].firstRange(of: end) {
            pieces.append(rest[start.upperBound..<stop.lowerBound])
            rest = rest[stop.upperBound...]
        }
        return pieces
    }

    /// The value of an attribute in a tag, its few entities resolved.
    func attribute(_ name: String) -> String? {
        guard let value = between(" \(name)=\"", "\"").first else { return nil }
        let entities = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        return entities.reduce(String(value)) { $0.replacing($1.0, with: $1.1) }
    }
}
