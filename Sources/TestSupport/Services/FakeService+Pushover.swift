import Model

extension FakeService {
    /// As the documentation has it. <https://pushover.net/api>
    package static func pushover(token: String, user: String) -> FakeService {
        FakeService(home: "https://api.pushover.net") { request, _ in
            func refused(_ field: String, _ error: String) -> Verdict {
                let body = "{\"\(field)\":\"invalid\",\"errors\":[\"\(error)\"],\"status\":0,\"request\":\"x\"}"
                return .refused(status: 400, body: body)
            }
            guard request.method == .post, request.path == "/1/messages.json" else {
                return .refused(status: 404, body: "{\"status\":0}")
            }
            guard let form = request.form else { return refused("message", "message cannot be blank") }
            let known: Set = [
                "token", "user", "message", "device", "html", "monospace", "priority", "sound", "timestamp", "title",
                "ttl",
                "url", "url_title",
            ]
            if let key = form.keys.first(where: { !known.contains($0) }) { return refused(key, "\(key) is unknown") }
            guard form["token"] == token else { return refused("token", "application token is invalid") }
            guard form["user"] == user else { return refused("user", "user identifier is invalid") }
            guard let message = form["message"], !message.isEmpty else {
                return refused("message", "message cannot be blank")
            }
            for (key, limit) in [("message", 1024), ("title", 250), ("url", 512), ("url_title", 100)] {
                if let value = form[key], value.unicodeScalars.count > limit {
                    return refused(key, "\(key) is too long")
                }
            }
            if let time = form["timestamp"], Int(time) == nil { return refused("timestamp", "timestamp is invalid") }
            let shown = Shown(
                text: "\(form["title"] ?? "")\n\(message)",
                links: [form["url"]].compactMap { $0 },
                effects: form["html"] == "1" ? ["html"] : []
            )
            return .accepted(shown, status: 200, body: "{\"status\":1,\"request\":\"x\"}")
        }
    }
}
