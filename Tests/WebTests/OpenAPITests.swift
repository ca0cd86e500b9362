// Full Foundation for Process: the document is judged by a program that is not ours.
import Foundation
import Hummingbird
import Operations
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
    private static var hasValidator: Bool { (try? python("import openapi_spec_validator", input: "").status) == 0 }

    @Test(.enabled(if: hasValidator, "Install openapi-spec-validator with pip to run this test."))
    func `the document is valid OpenAPI 3.1`() throws {
        let program = """
            import json, sys
            from openapi_spec_validator import OpenAPIV31SpecValidator
            for error in OpenAPIV31SpecValidator(json.load(sys.stdin)).iter_errors():
                print(error.message[:300])
            """
        #expect(try Self.python(program, input: OpenAPIDocument.json()).output == "")
    }

    private static func python(_ program: String, input: String) throws -> (status: Int32, output: String) {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = Pipe()
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = String(decoding: stdout.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    private struct Missing: Error {
        let what: String

        init(_ what: String) { self.what = what }
    }
}
