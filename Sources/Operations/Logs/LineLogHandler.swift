import Logging
import Model

/// Writes each message as one line.
struct LineLogHandler: LogHandler {
    let label: String
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let now: @Sendable () -> Timestamp
    private let write: @Sendable (String) -> Void

    init(
        label: String,
        format: LogFormat,
        level: Logger.Level,
        now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.format = format
        logLevel = level
        self.now = now
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        if let error = event.error { all["error"] = "\(error)" }
        let moment = now()
        let time = "\(moment.iso8601.dropLast()).\(milliseconds(of: moment))Z"
        switch format {
        case .text: write(text(event, time, LogField.fields(of: all)))
        case .json: write(json(event, time, LogField.fields(of: all)))
        }
    }

    private func text(_ event: LogEvent, _ time: String, _ fields: [LogField]) -> String {
        let level = event.level.rawValue
        let padding = String(repeating: " ", count: max(0, 8 - level.utf8.count))
        var line = "\(time) \(level)\(padding) \(LogField.onOneLine(event.message.description))"
        for field in fields { line += " \(field.key)=\(field.quoted)" }
        return line
    }

    private func json(_ event: LogEvent, _ time: String, _ fields: [LogField]) -> String {
        var members: [JSON.Member] = [
            .init("timestamp", .string(time)),
            .init("level", .string(event.level.rawValue)),
            .init("message", .string(event.message.description)),
            .init("logger", .string(label)),
        ]
        let taken = Set(members.map(\.name))
        for field in fields {
            members.append(.init(taken.contains(field.key) ? "metadata.\(field.key)" : field.key, field.json))
        }
        return JSON.object(members).line
    }

    private func milliseconds(of moment: Timestamp) -> String {
        String(String(1000 + (moment.milliseconds % 1000 + 1000) % 1000).dropFirst())
    }
}
