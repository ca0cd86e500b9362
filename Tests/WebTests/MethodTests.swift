import Hummingbird
import TestSupport
import Testing

@testable import Web

struct MethodTests {
    @Test(
        arguments: [
            (.put, "/api/v1/products", "GET, HEAD, OPTIONS, POST"),
            (.post, "/api/v1/products/none", "DELETE, GET, HEAD, OPTIONS, PATCH"),
            (.delete, "/sign-in", "GET, HEAD, OPTIONS, POST"), (.get, "/sign-out", "OPTIONS, POST"),
            (.post, "/health", "GET, HEAD, OPTIONS"), (.post, "/products/new", "GET, HEAD, OPTIONS"),
        ] as [(HTTPRequest.Method, String, String)]
    )
    func `a wrong method is answered with the right ones`(
        method: HTTPRequest.Method,
        path: String,
        allow: String
    ) async throws {
        try await Installation.with { installation in
            let lines = LogLines()
            let browser = Browser(try installation.server(), logger: lines.logger())
            let answer = try await browser.send(method, path, [:], "")
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == allow)
            let isAPI = path.hasPrefix("/api/")
            #expect(answer.headers[.contentType] == (isAPI ? "application/problem+json" : "text/html; charset=utf-8"))
            #expect(lines.all.count == 1)
            #expect(lines.all.first?.contains(" http.status=405 ") == true)
            let asked = try await browser.send(.options, path, [:], "")
            #expect(asked.status == 204)
            #expect(asked.headers[.allow] == allow)
        }
    }

    @Test(arguments: ["/api/v1/nothing", "/api/v1", "/api/v2/products", "/api/v1/products/a/b/c"])
    func `an unknown path of the interface is a problem document, whatever the method`(path: String) async throws {
        try await Installation.with { installation in
            let browser = Browser(try installation.server())
            for method in [HTTPRequest.Method.get, .post, .options] {
                let answer = try await browser.send(method, path, [:], "")
                #expect(answer.status == 404)
                #expect(answer.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test(arguments: ["/api/v1/products", "/", "/sign-in", "/health"])
    func `HEAD is GET without a body`(path: String) async throws {
        try await Installation.with { installation in
            let browser = try await installation.signedIn()
            let (get, head) = (try await browser.get(path), try await browser.send(.head, path, [:], ""))
            #expect(head.status == get.status)
            #expect(head.text.isEmpty)
            #expect(head.headers[.contentType] == get.headers[.contentType])
        }
    }
}
