import Hummingbird

extension Response {
    static func json(_ value: JSON, status: Int = 200, type: String = "application/json") -> Response {
        json(text: value.text, status: status, type: type)
    }

    static func json(text: String, status: Int = 200, type: String = "application/json") -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: text + "\n"))
        )
    }

    /// A problem document. <https://www.rfc-editor.org/rfc/rfc9457>
    static func problem(_ failure: Failure) -> Response {
        var members: [JSON.Member] = [
            .init(name: "type", value: "about:blank"),
            .init(name: "title", value: .string(failure.title)),
            .init(name: "status", value: .integer(failure.status)),
            .init(name: "detail", value: .string(failure.sentence)),
        ]
        if let field = failure.field {
            let error: JSON = ["field": .string(field), "detail": .string(failure.sentence)]
            members.append(.init(name: "errors", value: .array([error])))
        }
        if let existing = failure.existing {
            members.append(.init(name: "existing", value: .string(existing)))
        }
        var response = Response.json(.object(members), status: failure.status, type: "application/problem+json")
        response.headers.append(contentsOf: failure.response)
        if failure.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
