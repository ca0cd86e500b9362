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
        if let own = event.metadata {
            if all.isEmpty { all = own } else { all.merge(own) { $1 } }
        }
        if let error = event.error { all["error"] = "\(error)" }
        write(line(event.level, event.message.description, all))
    }

    /// Without its end.
    func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
        let message = LogField.cut(message)
        var line = ""
        line.reserveCapacity(400)
        switch format {
        case .text: text(level, message, LogField.fields(of: metadata), to: &line)
        case .json: json(level, message, LogField.fields(of: metadata), to: &line)
        }
        return line
    }

    private func text(_ level: Logger.Level, _ message: String, _ fields: [LogField], to line: inout String) {
        LogTime.write(now(), to: &line)
        line += " "
        line += level.rawValue
        for _ in level.rawValue.utf8.count..<9 { line += " " }
        line += LogField.onOneLine(message)
        for field in fields {
            line += " "
            line += field.key
            line += "="
            line += field.quoted
        }
    }

    private func json(_ level: Logger.Level, _ message: String, _ fields: [LogField], to line: inout String) {
        line += #"{"timestamp":""#
        LogTime.write(now(), to: &line)
        line += #"","level":""#
        line += level.rawValue
        line += #"","message":"#
        JSON.write(message, to: &line)
        line += #","logger":"#
        JSON.write(label, to: &line)
        for field in fields {
            line += ","
            JSON.write(Self.own.contains(field.key) ? "metadata.\(field.key)" : field.key, to: &line)
            line += ":"
            field.json.write(to: &line)
        }
        line += "}"
    }

    /// What data must not hide.
    private static let own = ["timestamp", "level", "message", "logger"]
}
