import Model
import Operations

/// The OpenAPI 3.1 document, written from the route table. <https://spec.openapis.org/oas/v3.1.1.html>
package enum OpenAPIDocument {
    /// JSON text on one line.
    package static func json() -> String { text }

    static let text = document.line

    static let document: JSON = [
        "openapi": "3.1.0",
        "info": [
            "title": "Price monitor",
            "version": "1.0.0",
            "description": .string(about),
        ],
        "servers": [["url": .string(APIRouting.prefix)]],
        "security": [["token": []], ["session": []]],
        "paths": paths,
        "components": [
            "securitySchemes": [
                "token": [
                    "type": "http", "scheme": "bearer",
                    "description": "A token that “host token create” printed.",
                ],
                "session": [
                    "type": "apiKey", "in": "cookie", "name": "session",
                    "description": .string(aboutSessions),
                ],
            ],
            "schemas": .object(APISchemas.all.map { .init($0.name, $0.schema) }),
        ],
    ]

    private static let about = """
        Watches product pages in any shop, keeps the history of their prices and tells you when one is low enough. \
        Amounts are whole numbers of the currency's smallest unit; times are ISO 8601 in UTC.
        """

    private static let aboutSessions = """
        The session of a signed-in browser. Changes must also send the header X-CSRF-Token with the value that every \
        form of the pages carries as formToken.
        """

    /// Routes with one path stand together, in the order of the table.
    private static var paths: JSON {
        var order: [String] = []
        var operations: [String: [JSON.Member]] = [:]
        for route in APIRoutes.all {
            if operations[route.path] == nil { order.append(route.path) }
            let member = JSON.Member(route.method.rawValue.lowercased(), operation(route))
            operations[route.path, default: []].append(member)
        }
        return .object(order.map { .init($0, .object(operations[$0] ?? [])) })
    }

    private static func operation(_ route: APIRoute) -> JSON {
        var members: [JSON.Member] = [
            .init("operationId", .string(route.operation)),
            .init("summary", .string(route.summary)),
            .init("tags", [.string(String(route.path.split(separator: "/").first ?? ""))]),
            .init("x-rights", .string(route.rights.rawValue)),
        ]
        let parameters = route.pathParameters.map(pathParameter) + route.query.map(queryParameter)
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if let body = route.body { members.append(.init("requestBody", requestBody(body))) }
        members.append(.init("responses", responses(route)))
        return .object(members)
    }

    private static func pathParameter(_ name: String) -> JSON {
        [
            "name": .string(name), "in": "path", "required": true,
            "schema": ["type": "string", "pattern": "^[0-9a-z-]{1,64}$"],
        ]
    }

    private static func queryParameter(_ parameter: APIRoute.Parameter) -> JSON {
        [
            "name": .string(parameter.name), "in": "query", "schema": parameter.schema,
            "description": .string(parameter.description),
        ]
    }

    private static func requestBody(_ body: APIBody) -> JSON {
        let required = body.members.filter(\.isRequired).map { JSON.string($0.name) }
        let properties = body.members.map { JSON.Member($0.name, schema($0)) }
        return [
            "required": true,
            "content": [
                "application/json": [
                    "schema": [
                        "type": "object", "additionalProperties": false, "required": .array(required),
                        "properties": .object(properties),
                    ]
                ]
            ],
        ]
    }

    private static func schema(_ member: APIBody.Member) -> JSON {
        if case .object(let name) = member.kind {
            let schema = APISchemas.reference(name)
            let choices: JSON = member.isNullable ? [schema, ["type": "null"]] : [schema]
            return ["description": .string(member.description), "oneOf": choices]
        }
        let type: JSON =
            switch member.kind {
            case .text: "string"
            case .integer: "integer"
            case .boolean: "boolean"
            case .list: "array"
            case .texts, .object: "object"
            }
        var members: [JSON.Member] = [
            .init("type", member.isNullable ? [type, "null"] : type),
            .init("description", .string(member.description)),
        ]
        if member.kind == .list { members.append(.init("items", ["type": "string"])) }
        if member.kind == .texts { members.append(.init("additionalProperties", ["type": "string"])) }
        return .object(members)
    }

    private static func responses(_ route: APIRoute) -> JSON {
        var members = route.answers.map { JSON.Member(String($0.status), answer($0)) }
        for status in route.allProblems {
            let problem: JSON = [
                "description": .string(Failure.title(status)),
                "content": ["application/problem+json": ["schema": APISchemas.reference("Problem")]],
            ]
            members.append(.init(String(status), problem))
        }
        return .object(members)
    }

    private static func answer(_ answer: APIRoute.Answer) -> JSON {
        var members: [JSON.Member] = [.init("description", .string(answer.description))]
        if answer.hasNext {
            let header: JSON = ["description": "The next page, as rel=\"next\".", "schema": ["type": "string"]]
            members.append(.init("headers", ["Link": header]))
        }
        if answer.hasLocation {
            let header: JSON = ["description": "Where it is.", "schema": ["type": "string"]]
            members.append(.init("headers", ["Location": header]))
        }
        if let schema = answer.schema {
            members.append(
                .init("content", ["application/json": ["schema": APISchemas.reference(schema)]])
            )
        }
        return .object(members)
    }
}
