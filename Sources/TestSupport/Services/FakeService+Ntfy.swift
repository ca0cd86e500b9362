import Markup
import Model

extension FakeService {
    /// As the documentation and the server's `errors.go` have it. <https://docs.ntfy.sh/publish/#publish-as-json>
    package static func ntfy(topic: String, token: String) -> FakeService {
        FakeService(home: "https://ntfy.example.org") { request, _ in
            func refused(_ code: Int, _ error: String) -> Verdict {
                .refused(status: code / 100, body: "{\"code\":\(code),\"http\":\(code / 100),\"error\":\"\(error)\"}")
            }
            guard request.method == .post, request.path == "/" else { return refused(40401, "page not found") }
            guard request.headers["Authorization"] == "Bearer \(token)" else { return refused(40101, "unauthorized") }
            guard request.body.count <= 8192 else { return refused(41303, "JSON body too large") }
            let known: Set = [
                "topic", "message", "title", "tags", "priority", "actions", "click", "attach", "markdown", "icon",
                "filename", "delay", "email", "call",
            ]
            guard let json = request.json, json.unknownKey(known) == nil else {
                return refused(40017, "invalid request: request body must be message JSON")
            }
            let name = json["topic"]?.string ?? ""
            guard name.wholeMatch(of: /[-_A-Za-z0-9]{1,64}/) != nil else {
                return refused(40009, "invalid request: topic invalid")
            }
            guard name == topic else { return refused(40301, "forbidden") }
            guard JSONValue.isAddress(json["attach"]) else {
                return refused(40013, "invalid request: attachment URL is invalid")
            }
            let message = json["message"]?.string ?? ""
            // A real server would make a file of it, which nobody reads.
            guard message.utf8.count <= 4096 else { return refused(41301, "attachment too large") }
            let title = json["title"]?.string ?? ""
            let links = [json["click"]?.string].compactMap { $0 }
            let shown = Shown(
                text: "\(title)\n\(message.isEmpty ? "triggered" : message)",
                links: links,
                effects: json["markdown"]?.bool == true ? ["markdown"] : []
            )
            return .accepted(shown, status: 200, body: "{\"id\":\"x\",\"event\":\"message\",\"topic\":\"\(name)\"}")
        }
    }
}
