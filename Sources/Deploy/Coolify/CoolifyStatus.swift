/// How something runs, as Coolify last heard: `running:healthy`; it hears with a delay.
package struct CoolifyStatus: Hashable, Sendable, CustomStringConvertible {
    /// As Coolify says it.
    package let description: String

    /// nil is what it says before anything ran.
    package init(_ text: String?) { description = text.flatMap { $0.isEmpty ? nil : $0 } ?? "exited" }

    private var parts: [Substring] { description.split(separator: ":") }

    /// Whether it runs, however well.
    package var isRunning: Bool { parts.first == "running" }
    /// Whether its own check says that it works.
    package var isHealthy: Bool { isRunning && parts.dropFirst().first == "healthy" }
    /// Whether it is not up and not on its way there.
    package var isDown: Bool { ["exited", "dead", "removing", "paused", "created"].contains(parts.first ?? "") }
}
