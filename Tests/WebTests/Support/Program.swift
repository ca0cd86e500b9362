import Hummingbird
import Model
import Monitoring
import Operations
import Testing

@testable import Web

/// A program that knows a token.
struct Program: Sendable {
    let browser: Browser
    let headers: HTTPFields

    init(_ installation: Installation, rights: Actor.Rights = .write) async throws {
        let token = try await installation.monitoring.accounts.createToken(
            account: "mira",
            name: "test",
            rights: rights
        )
        browser = Browser(try installation.server())
        headers = [.authorization: "Bearer \(token.secret)"]
    }

    func ask(_ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil) async throws -> (
        Browser.Answer, JSON
    ) {
        let answer = try await browser.send(method, "/api/v1\(path)", headers, body?.line ?? "")
        let route = APIRoutes.all.first { $0.method.rawValue == method.rawValue && $0.matches(path) }
        let json: JSON = answer.text.isEmpty ? .null : try JSON(reading: answer.text).canonical
        let known = try #require(route)
        if let documented = known.answers.first(where: { $0.status == answer.status }) {
            if let schema = documented.schema {
                #expect(SchemaCheck.problems(of: json, against: APISchemas.reference(schema)) == [])
            }
            #expect(documented.hasLocation == (answer.location != nil))
        } else {
            #expect(known.allProblems.contains(answer.status), "\(answer.status) is not in the document.")
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(SchemaCheck.problems(of: json, against: APISchemas.reference("Problem")) == [])
        }
        return (answer, json)
    }
}

extension APIRoute {
    /// Whether a path, with or without a query, is one of this route's.
    func matches(_ path: String) -> Bool {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let pattern = self.path.split(separator: "/")
        return parts.count == pattern.count && zip(parts, pattern).allSatisfy { $1.first == "{" || $0 == $1 }
    }
}
