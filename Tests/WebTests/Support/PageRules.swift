@testable import Web

/// What every page must be: well formed, labelled, without scripts but our own file, its forms with a token.
struct PageRules {
    private struct Element {
        let name: String
        let attributes: [String: String]
    }

    private static let voids: Set<String> = ["meta", "link", "input", "img", "br", "hr"]

    /// Sentences about what is wrong with a page; empty for a good one.
    static func problems(in html: String) -> [String] {
        let elements = elements(in: html)
        return balance(html) + forbidden(html, elements) + landmarks(html, elements) + labels(elements) + forms(html)
    }

    private static func elements(in html: String) -> [Element] {
        html.matches(of: #/<([a-z][a-z0-9]*)((?:\s+[^\s=>\/]+(?:="[^"]*")?)*)\s*\/?>/#).map { match in
            var attributes: [String: String] = [:]
            for attribute in match.2.matches(of: #/([^\s=]+)(?:="([^"]*)")?/#) {
                attributes[String(attribute.1)] = attribute.2.map(String.init) ?? ""
            }
            return Element(name: String(match.1), attributes: attributes)
        }
    }

    private static func balance(_ html: String) -> [String] {
        var open: [String] = []
        for match in html.matches(of: #/<(\/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(\/?)>/#) {
            let name = String(match.2)
            if voids.contains(name) || !match.3.isEmpty { continue }
            guard !match.1.isEmpty else {
                open.append(name)
                continue
            }
            guard open.popLast() == name else { return ["</\(name)> closes something else."] }
        }
        return open.map { "<\($0)> is not closed." }
    }

    private static func forbidden(_ html: String, _ elements: [Element]) -> [String] {
        var problems: [String] = []
        // The placeholders of a channel's words stand in code, fields and attributes.
        let shown = html.replacing(#/<(code|textarea)[^>]*>[^<]*<\/|="[^"]*"/#, with: "")
        if shown.contains("{{") { problems.append("A tag was not rendered.") }
        for element in elements {
            let isOurs = element.name == "script" && element.attributes["src"] == Assets().script.path
            if ["script", "style", "object"].contains(element.name), !isOurs {
                problems.append("<\(element.name)> is there.")
            }
            if element.name == "iframe",
                element.attributes["sandbox"] != "" || element.attributes["src"]?.hasPrefix("/") != true
                    || element.attributes["title"] == nil
            {
                problems.append("A frame shows more than a page of ours that may do nothing, or has no title.")
            }
            for name in element.attributes.keys where name == "style" || name.hasPrefix("on") {
                problems.append("<\(element.name)> has \(name), which the content security policy forbids.")
            }
            if element.name == "img", element.attributes["alt"] == nil { problems.append("A picture has no alt.") }
        }
        return problems
    }

    private static func landmarks(_ html: String, _ elements: [Element]) -> [String] {
        var problems: [String] = []
        for (name, count) in [("main", 1), ("h1", 1), ("html", 1)] {
            let found = elements.filter { $0.name == name }.count
            if found != count { problems.append("There are \(found) <\(name)>.") }
        }
        // Marks in charts have titles too.
        let head = html.prefix(upTo: html.firstRange(of: "<body")?.lowerBound ?? html.endIndex)
        if !head.contains(#/<title>[^<]+<\/title>/#) { problems.append("The page has no title.") }
        if elements.first(where: { $0.name == "html" })?.attributes["lang"] != "en" { problems.append("No language.") }
        if html.contains("<nav"), elements.filter({ $0.attributes["aria-current"] == "page" }).count > 1 {
            problems.append("Two pages are the current one.")
        }
        return problems
    }

    private static func labels(_ elements: [Element]) -> [String] {
        var problems: [String] = []
        let ids = elements.compactMap { $0.attributes["id"] }
        for id in Set(ids) where ids.filter({ $0 == id }).count > 1 { problems.append("The id \(id) is there twice.") }
        for element in elements {
            for reference in ["aria-describedby", "aria-labelledby"] {
                for id in (element.attributes[reference] ?? "").split(whereSeparator: \.isWhitespace)
                where !ids.contains(String(id)) { problems.append("\(reference) names “\(id)”, which is not there.") }
            }
            guard ["input", "select", "textarea"].contains(element.name), element.attributes["type"] != "hidden" else {
                continue
            }
            let label = element.attributes["id"].flatMap { id in elements.first { $0.attributes["for"] == id } }
            if label == nil { problems.append("The field \(element.attributes["name"] ?? "?") has no label.") }
        }
        return problems
    }

    private static func forms(_ html: String) -> [String] {
        html.matches(of: #/<form[^>]*method="post"[^>]*>([\s\S]*?)<\/form>/#).compactMap { form in
            form.1.contains(#/name="(formToken|visitorToken)" value="[^"]+"/#)
                ? nil : "A form has no token: \(form.0.prefix(80))"
        }
    }
}
