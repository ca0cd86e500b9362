import Markup
import Model

extension FakeService {
    /// As the documentation has it. <https://gotify.net/api-docs#/message/createMessage>, <https://gotify.net/docs/msgextras>
    package static func gotify(token: String) -> FakeService {
        FakeService(home: "https://gotify.example.org") { request, _ in
            func refused(_ status: Int, _ error: String, _ why: String) -> Verdict {
                let body = "{\"error\":\"\(error)\",\"errorCode\":\(status),\"errorDescription\":\"\(why)\"}"
                return .refused(status: status, body: body)
            }
            guard request.method == .post, request.path == "/message" else {
                return refused(404, "Not Found", "page not found")
            }
            guard request.headers["X-Gotify-Key"] == token else {
                return refused(401, "Unauthorized", "you need to provide a valid access token or user credentials")
            }
            guard let json = request.json, json.unknownKey(["title", "message", "priority", "extras"]) == nil else {
                return refused(400, "Bad Request", "invalid JSON")
            }
            guard let message = json["message"]?.string, !message.isEmpty else {
                return refused(400, "Bad Request", "Field 'message' is required")
            }
            let extras = json["extras"]
            guard extras?.members.allSatisfy({ $0.key.contains("::") }) != false else {
                return refused(400, "Bad Request", "extras without a namespace")
            }
            let isPlain = extras?["client::display"]?["contentType"]?.string == "text/plain"
            let notification = extras?["client::notification"]
            let links = [notification?["click"]?["url"]?.string].compactMap { $0 }
            let shown = Shown(
                text: "\(json["title"]?.string ?? "")\n\(message)",
                links: links,
                effects: isPlain ? [] : ["markdown"]
            )
            return .accepted(shown, status: 200, body: "{\"id\":1,\"appid\":1,\"message\":\"x\"}")
        }
    }
}
