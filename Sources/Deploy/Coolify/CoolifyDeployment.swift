/// One deployment of an application.
package struct CoolifyDeployment: Hashable, Sendable {
    package let id: String
    package let status: String
    /// What is written for people, oldest first; empty where the token may not read it.
    let log: [String]

    init?(_ value: CoolifyValue) {
        guard let id = value["deployment_uuid"]?.word else { return nil }
        self.id = id
        status = value["status"]?.word ?? "queued"
        log = Self.lines(value["logs"]?.word ?? "")
    }

    /// Whether nothing more will happen.
    package var isOver: Bool { !["queued", "in_progress"].contains(status) }
    package var isFinished: Bool { status == "finished" }

    /// A text that holds JSON: a list of steps with their output.
    private static func lines(_ text: String) -> [String] {
        guard let steps = CoolifyValue(json: Array(text.utf8))?.elements else { return [] }
        return steps.filter { $0["hidden"]?.isTrue != true }.sorted { order($0) < order($1) }
            .flatMap { ($0["output"]?.word ?? "").split(whereSeparator: \.isNewline).map(String.init) }
    }

    private static func order(_ step: CoolifyValue) -> Int { step["order"]?.word.flatMap { Int($0) } ?? 0 }
}
