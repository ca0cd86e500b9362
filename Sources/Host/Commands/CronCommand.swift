import ArgumentParser
import Model
import Operations

/// Says when a cron pattern comes next.
struct CronCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cron",
        abstract: "Print the next times of a cron pattern, one a line.",
        discussion: """
            A pattern has five fields, minute, hour, day of month, month and day of week, or six with the second first; \
            or it is one of \(Cron.shorthands.joined(separator: ", ")). Quote it, or the shell replaces its stars:

              host cron '30 8 * * MON-FRI' --tz Europe/Berlin

            Times are in ISO 8601 with the zone's offset, Z for UTC. A time that the clock skips comes once, as much \
            later as was skipped: 02:30 is 03:30. A time that the clock shows twice comes the first time; where the hour \
            is *, a step or all 24, both times.
            """
    )

    @Argument(help: ArgumentHelp("The pattern, such as “30 8 * * MON-FRI”, in quotes.", valueName: "pattern"))
    var pattern: [String] = []

    @Option(
        help: ArgumentHelp(
            "The time zone by whose clock the pattern goes, as the IANA database names it (default: UTC).",
            valueName: "zone"
        )
    )
    var tz: String?

    @Option(
        help: ArgumentHelp(
            """
            Print the times after this one, in ISO 8601; without an offset it is by the clock of the zone \
            (default: now).
            """,
            valueName: "time"
        )
    )
    var from: String?

    @Option(
        help: ArgumentHelp(
            "How many times to print, \(counts.lowerBound) to \(counts.upperBound).",
            valueName: "number"
        )
    )
    var count = 5

    @OptionGroup var shared: SharedOptions

    private static let counts = 1...10_000

    func run() throws {
        _ = try shared.load()
        guard Self.counts.contains(count) else {
            throw Failure(
                .usage,
                "--count \(count) is not possible: it takes \(Self.counts.lowerBound) to \(Self.counts.upperBound)."
            )
        }
        let cron = try readPattern()
        let zone = try readZone()
        var moment = try readFrom(zone)
        for printed in 0..<count {
            guard let next = cron.next(after: moment, in: zone) else {
                guard printed > 0 else {
                    throw Failure(.failed, "“\(cron.pattern)” does not come again before the year 10000.")
                }
                return
            }
            StandardOutput.write(next.iso8601(in: zone))
            moment = next
        }
    }

    private func readPattern() throws(Failure) -> Cron {
        guard let text = pattern.first else {
            throw Failure(.usage, "Name a pattern, such as: host cron '30 8 * * MON-FRI'")
        }
        guard pattern.count == 1 else {
            throw Failure(
                .usage,
                "The pattern must be one argument, but there are \(pattern.count). Quote it, such as: "
                    + "host cron '30 8 * * MON-FRI'"
            )
        }
        do {
            return try Cron(text)
        } catch {
            throw Failure(.usage, "“\(text.prefix(200))” is not a cron pattern. \(error)")
        }
    }

    private func readZone() throws(Failure) -> Zone {
        guard let tz else { return .utc }
        do {
            return try ZoneFiles().zone(tz)
        } catch {
            throw Failure(.usage, "--tz: \(error)")
        }
    }

    private func readFrom(_ zone: Zone) throws(Failure) -> Timestamp {
        guard let from else { return SystemClock.now() }
        guard let moment = Timestamp(iso8601: from, in: zone) else {
            throw Failure(
                .usage,
                "--from “\(from.prefix(200))” is not a time. Write it as 2026-03-29T01:30:00Z, "
                    + "2026-03-29T01:30+01:00, or 2026-03-29T01:30 by the clock of the zone."
            )
        }
        return moment
    }
}
