/// How a registry wants to be asked, as its `WWW-Authenticate` says. <https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1>
enum RegistryChallenge: Hashable {
    case basic
    /// A token is fetched first. <https://distribution.github.io/distribution/spec/auth/token/>
    case bearer(realm: String, service: String?, scope: String?)

    /// The way with a token where both are offered; nil for ways that nobody here knows.
    init?(_ headers: [String]) {
        let all = headers.flatMap { Self.challenges(in: $0) }
        for (scheme, parameters) in all where scheme == "bearer" {
            guard let realm = parameters["realm"] else { continue }
            self = .bearer(realm: realm, service: parameters["service"], scope: parameters["scope"])
            return
        }
        guard all.contains(where: { $0.scheme == "basic" }) else { return nil }
        self = .basic
    }

    private static func challenges(in text: String) -> [(scheme: String, parameters: [String: String])] {
        var found: [(scheme: String, parameters: [String: String])] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(where: { $0 != " " && $0 != "," && $0 != "\t" }) {
            rest = rest[start...]
            let word = rest.prefix { !" ,=\t".contains($0) }
            rest = rest[word.endIndex...].drop { $0 == " " || $0 == "\t" }
            if rest.first == "=", !word.isEmpty {
                rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
                let value = value(from: &rest)
                if !found.isEmpty { found[found.count - 1].parameters[word.lowercased()] = value }
            } else if word.isEmpty {
                // No challenge looks so; what comes after it may be one.
                rest = rest.dropFirst()
            } else {
                found.append((word.lowercased(), [:]))
            }
        }
        return found
    }

    /// A word, or a text in quotes with its backslashes taken away.
    private static func value(from rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let word = rest.prefix { $0 != "," && $0 != " " }
            rest = rest[word.endIndex...]
            return String(word)
        }
        rest = rest.dropFirst()
        var value = ""
        while let letter = rest.popFirst(), letter != "\"" {
            if letter == "\\", let next = rest.popFirst() { value.append(next) } else { value.append(letter) }
        }
        return value
    }
}
