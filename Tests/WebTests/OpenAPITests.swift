import FoundationEssentials
import Hummingbird
import Operations
import Subprocess
import Testing

@testable import Web

struct OpenAPITests {
    @Test func `the document names each route of the table and no other`() throws {
        let document = try JSON(reading: OpenAPIDocument.json(), depth: 40)
        guard case .object(let paths)? = document["paths"] else { throw Missing("paths") }
        var documented: Set<String> = []
        for path in paths {
            guard case .object(let operations) = path.value else { throw Missing(path.name) }
            for operation in operations { documented.insert("\(operation.name.uppercased()) \(path.name)") }
        }
        let table = APIRoutes.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(table).count == table.count)
        #expect(documented == Set(table))
        #expect(Set(APIRoutes.all.map(\.operation)).count == table.count)
    }

    @Test(arguments: APIRoutes.all.map { [$0.method.rawValue, $0.path] })
    func `the router serves each route of the table to those who sign in`(route: [String]) async throws {
        try await Installation.with { installation in
            let method = try #require(HTTPRequest.Method(route[0]))
            let path = route[1].replacing(#/\{[a-z]+\}/#, with: "some-id")
            let browser = Browser(try installation.server())
            #expect(try await browser.send(method, "/api/v1\(path)", [:], "{}").status == 401)
        }
    }

    @Test func `every reference leads to a schema, and every schema is used`() throws {
        let text = OpenAPIDocument.json()
        let used = Set(text.matches(of: #/#\/components\/schemas\/([A-Za-z]+)/#).map { String($0.1) })
        #expect(used == Set(APISchemas.all.map(\.name)))
    }

    @Test func `the document is served as JSON to everyone`() async throws {
        try await Installation.with { installation in
            let answer = try await Browser(try installation.server()).get("/api/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.text == OpenAPIDocument.json() + "\n")
        }
    }

    /// Whether Python's openapi_spec_validator is there.
    private static func hasValidator() async throws -> Bool {
        try await python("import openapi_spec_validator", input: "").status.isSuccess
    }

    @Test(.enabled("Install openapi-spec-validator with pip to run this test.") { try await hasValidator() })
    func `the document is valid OpenAPI 3.1`() async throws {
        let program = """
            import json, sys
            from openapi_spec_validator import OpenAPIV31SpecValidator
            for error in OpenAPIV31SpecValidator(json.load(sys.stdin)).iter_errors():
                print(error.message[:300])
            """
        #expect(try await Self.python(program, input: OpenAPIDocument.json()).output == "")
    }

    private static func python(
        _ program: String,
        input: String
    ) async throws -> (status: TerminationStatus, output: String) {
        let ended = try await Subprocess.run(
            .name("python3"),
            arguments: ["-c", program],
            input: .string(input),
            output: .string(limit: 100_000),
            error: .discarded
        )
        return (ended.terminationStatus, ended.standardOutput)
    }

    private struct Missing: Error {
        let what: String

        init(_ what: String) { self.what = what }
    }
}
