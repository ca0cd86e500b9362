import Hummingbird
import Operations

extension Response {
    static func json(_ value: JSON, status: Int = 200, type: String = "application/json") -> Response {
        json(text: value.line, status: status, type: type)
    }

    static func json(text: String, status: Int = 200, type: String = "application/json") -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: text + "\n"))
        )
    }

    /// A problem document. <https://www.rfc-editor.org/rfc/rfc9457>
    ///
    /// `request` is what the log calls the request.
    static func problem(_ failure: Failure, request: String) -> Response {
        var members: [JSON.Member] = [
            .init("type", "about:blank"),
            .init("title", .string(failure.title)),
            .init("status", .integer(failure.status)),
            .init("detail", .string(failure.sentence)),
            .init("request", .string(request)),
        ]
        if let field = failure.field {
            let error: JSON = ["field": .string(field), "detail": .string(failure.sentence)]
            members.append(.init("errors", .array([error])))
        }
        if let code = failure.code { members.append(.init("code", .string(code))) }
        if let existing = failure.existing {
            members.append(.init("existing", .string(existing)))
        }
        var response = Response.json(.object(members), status: failure.status, type: "application/problem+json")
        response.headers.append(contentsOf: failure.response)
        if failure.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
