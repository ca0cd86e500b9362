import Markup
import Model

extension FakeService {
    /// As the documentation has it. <https://github.com/caronc/apprise-api/blob/master/swagger.yaml>
    package static func apprise(key: String) -> FakeService {
        FakeService(home: "https://apprise.example.org") { request, _ in
            guard request.method == .post, request.path.hasPrefix("/notify/") else {
                return .refused(status: 404, body: "Not Found")
            }
            // Looks like success, and is none.
            guard request.path == "/notify/\(key)" else { return .refused(status: 204, body: "") }
            guard let json = request.json, json.unknownKey(["title", "body", "type", "format", "tag"]) == nil else {
                return .refused(status: 400, body: "{\"error\":\"Invalid JSON specified\"}")
            }
            let isKind = ["info", "success", "warning", "failure"].contains(json["type"]?.string ?? "info")
            guard let text = json["body"]?.string, !text.isEmpty, isKind else {
                return .refused(status: 400, body: "{\"error\":\"Payload lacks minimum requirements\"}")
            }
            let shown = Shown(
                text: "\(json["title"]?.string ?? "")\n\(text)",
                effects: json["format"]?.string == "text" ? [] : ["format"],
                key: request.headers["X-Apprise-ID"]
            )
            return .accepted(shown, status: 200, body: "{\"error\":null,\"details\":[]}")
        }
    }
}
