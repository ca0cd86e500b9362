extension Cron {
    /// The words that stand for whole patterns.
    package static var shorthands: [String] { CronShorthand.all.map(\.name) }
}

/// A word for a whole pattern.
enum CronShorthand {
    static let all: [(name: String, pattern: String)] = [
        ("@yearly", "0 0 0 1 1 *"),
        ("@annually", "0 0 0 1 1 *"),
        ("@monthly", "0 0 0 1 * *"),
        ("@weekly", "0 0 0 * * 0"),
        ("@daily", "0 0 0 * * *"),
        ("@midnight", "0 0 0 * * *"),
        ("@hourly", "0 0 * * * *"),
        ("@minutely", "0 * * * * *"),
        ("@secondly", "* * * * * *"),
        ("@weekdays", "0 0 0 * * 1-5"),
        ("@weekends", "0 0 0 * * 0,6"),
    ]
}
