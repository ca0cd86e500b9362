package import Logging
package import Model

/// How log lines are written.
package enum LogFormat: String, Hashable, Sendable, CaseIterable {
    /// For people: `2026-11-24T06:25:00.123Z info Checked a listing. listing.id=01ab`.
    case text
    /// For machines: one JSON object per line.
    case json

    /// Installs the log of the whole process on its second output; called once.
    package func begin(level: Logger.Level) {
        let handler = LineLogHandler(label: "host", format: self, level: level, now: SystemClock.now) { _ in }
        StandardError.describeLoss { count in
            handler.line(
                .warning,
                "Lines of the log were lost: they could not be written.",
                ["lines": .stringConvertible(count)]
            )
        }
        LoggingSystem.bootstrap(self.handler(level: level))
    }

    /// What the logging system is given at the start of the process.
    ///
    /// `write` gets whole lines without their end. Nothing is redacted here: secrets are never put into a message or its metadata in the first place.
    package func handler(
        level: Logger.Level,
        now: @escaping @Sendable () -> Timestamp = SystemClock.now,
        write: @escaping @Sendable (String) -> Void = StandardError.add
    ) -> @Sendable (_ label: String) -> any LogHandler {
        { label in LineLogHandler(label: label, format: self, level: level, now: now, write: write) }
    }
}
