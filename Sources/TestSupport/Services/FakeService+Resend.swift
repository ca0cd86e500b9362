import Markup
import FoundationEssentials
import Model
import Synchronization

extension FakeService {
    /// As the documentation has it. <https://resend.com/docs/api-reference/emails/send-email>, <https://resend.com/docs/api-reference/errors>
    package static func resend(key: String, domain: String) -> FakeService {
        let bodies = Mutex<[String: [UInt8]]>([:])
        return FakeService(home: "https://api.resend.com") { request, _ in
            func refused(_ status: Int, _ name: String, _ message: String) -> Verdict {
                let body = "{\"statusCode\":\(status),\"name\":\"\(name)\",\"message\":\"\(message)\"}"
                return .refused(status: status, body: body)
            }
            guard request.method == .post, request.path == "/emails" else {
                return refused(404, "not_found", "The requested endpoint does not exist.")
            }
            guard let authorization = request.headers["Authorization"] else {
                return refused(401, "missing_api_key", "Missing API Key")
            }
            guard authorization == "Bearer \(key)" else {
                return refused(401, "validation_error", "API key is invalid")
            }
            let known: Set = [
                "from", "to", "subject", "bcc", "cc", "scheduled_at", "reply_to", "html", "text", "headers",
                "attachments",
                "tags",
            ]
            guard let json = request.json, json.unknownKey(known) == nil else {
                return refused(422, "validation_error", "The body is not what it should be.")
            }
            for field in ["from", "subject", "html"] where json[field]?.string?.isEmpty != false {
                return refused(422, "missing_required_field", "Missing `\(field)` field.")
            }
            guard json["from"]?.string?.hasSuffix("@\(domain)") == true else {
                return refused(403, "validation_error", "The domain is not verified.")
            }
            guard let to = json["to"]?.list, (1...50).contains(to.count),
                to.allSatisfy({ $0.string?.contains("@") == true })
            else { return refused(422, "validation_error", "Invalid `to` field.") }
            if let bcc = json["bcc"] {
                guard (1...50).contains(bcc.list.count), bcc.list.allSatisfy({ $0.string?.contains("@") == true })
                else { return refused(422, "validation_error", "Invalid `bcc` field.") }
            }
            for attachment in json["attachments"]?.list ?? [] {
                guard attachment.unknownKey(["content", "filename", "path", "content_type", "content_id"]) == nil,
                    let content = attachment["content"]?.string, Data(base64Encoded: content) != nil,
                    attachment["filename"]?.string?.isEmpty == false, let id = attachment["content_id"]?.string,
                    (1..<128).contains(id.count), json["html"]?.string?.contains("\"cid:\(id)\"") == true
                else { return refused(422, "validation_error", "Invalid `attachments` field.") }
            }
            let message = request.headers["Idempotency-Key"]
            if let message {
                guard (1...256).contains(message.count) else {
                    return refused(400, "invalid_idempotency_key", "The key must be between 1-256 chars.")
                }
                let earlier = bodies.withLock { bodies in
                    defer { bodies[message] = bodies[message] ?? request.body }
                    return bodies[message]
                }
                if earlier == request.body { return .known(status: 200, body: "{\"id\":\"x\"}") }
                if earlier != nil {
                    return refused(
                        409,
                        "invalid_idempotent_request",
                        "Same idempotency key, different request payload."
                    )
                }
            }
            let subject = json["subject"]?.string ?? ""
            let text = json["text"]?.string ?? ""
            let html = json["html"]?.string ?? ""
            let links = html.matches(of: /href="([^"]*)"/).map { HTMLEntities.decode(String($0.1)) }
            let effects = html.matches(of: /<(script|iframe|form|object)/).map { String($0.1) }
            let shown = Shown(text: "\(subject)\n\(text)", links: links, effects: effects, key: message)
            return .accepted(shown, status: 200, body: "{\"id\":\"x\"}")
        }
    }
}
