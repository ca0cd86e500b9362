import FoundationEssentials
import Model
import Operations
import Subprocess
import Testing

/// The real program, with the zones of the machine.
@Suite(.timeLimit(.minutes(20)))
struct CronCommandTests {
    @Test(arguments: [
        (
            ["30 2 * * *", "--tz", "Europe/Berlin", "--from", "2026-03-28T00:00", "--count", "3"],
            ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"]
        ),
        (
            ["@hourly", "--tz", "Australia/Lord_Howe", "--from", "2026-04-04T14:30:00Z", "--count", "3"],
            ["2026-04-05T02:00:00+10:30", "2026-04-05T03:00:00+10:30", "2026-04-05T04:00:00+10:30"]
        ),
        (
            ["0 12 * * *", "--tz", "Pacific/Apia", "--from", "2011-12-29T12:00:00-10:00", "--count", "1"],
            ["2011-12-31T12:00:00+14:00"]
        ),
        (
            ["*/10 * * * * *", "--from", "2026-11-24T10:00:05Z", "--count", "2"],
            ["2026-11-24T10:00:10Z", "2026-11-24T10:00:20Z"]
        ),
        (["0 8 * * MON", "--tz", "UTC", "--from", "2026-11-24", "--count", "1"], ["2026-11-30T08:00:00Z"]),
        (
            ["0 0 1 1 *", "--tz", "Europe/London", "--from", "2100-06-01", "--count", "1"],
            ["2101-01-01T00:00:00+00:00"]
        ),
        (["@yearly", "--from", "9998-06-01", "--count", "5"], ["9999-01-01T00:00:00Z"]),
    ])
    func `prints the next times, one a line`(arguments: [String], expected: [String]) async throws {
        let ended = try await RealHost.run(["cron"] + arguments)
        #expect(ended.code == 0, "\(ended.error)")
        #expect(ended.lines == expected)
    }

    @Test func `prints five times after now in UTC, unless told otherwise`() async throws {
        let ended = try await RealHost.run(["cron", "@minutely"])
        #expect(ended.lines.count == 5)
        #expect(ended.lines.allSatisfy { $0.hasSuffix(":00Z") })
    }

    @Test(arguments: [
        (
            ["61 * * * *"],
            "“61 * * * *” is not a cron pattern. “61” is out of range in the field “minute”. The field takes 0–59."
        ),
        (
            ["*", "*", "*", "*", "*"],
            "The pattern must be one argument, but there are 5. Quote it, such as: host cron '30 8 * * MON-FRI'"
        ),
        ([], "Name a pattern, such as: host cron '30 8 * * MON-FRI'"),
        (
            ["@daily", "--tz", "Europe/Berlim"],
            "--tz: There is no time zone “Europe/Berlim”. Did you mean “Europe/Berlin”?"
        ),
        (["@daily", "--count", "0"], "--count 0 is not possible: it takes 1 to 10000."),
        (
            ["@daily", "--from", "noon"],
            """
            --from “noon” is not a time. Write it as 2026-03-29T01:30:00Z, 2026-03-29T01:30+01:00, or 2026-03-29T01:30 \
            by the clock of the zone.
            """
        ),
    ])
    func `says what was wrong and exits with 64`(arguments: [String], sentence: String) async throws {
        let ended = try await RealHost.run(["cron"] + arguments)
        #expect(ended.code == 64)
        #expect(ended.error == "\(sentence)\n")
        #expect(ended.output.isEmpty)
    }

    @Test func `without zones on the machine it says what to install`() async throws {
        let without = ["TZDIR": "/nowhere"]
        let ended = try await RealHost.run(["cron", "@daily", "--tz", "Europe/Berlin"], environment: without)
        #expect(ended.code == 64)
        #expect(ended.error.contains("Install the package “tzdata”"))
        #expect(try await RealHost.run(["cron", "@daily"], environment: without).code == 0)
    }

    /// Every zone of the machine, 1900 to 2100, against what Python makes of the same files.
    @Test func `agrees with Python about every zone of the machine`() async throws {
        let script = """
            import datetime, zoneinfo
            utc = datetime.timezone.utc
            for name in sorted(zoneinfo.available_timezones()):
                if name in ("localtime", "Factory") or not name[0].isupper(): continue
                zone = zoneinfo.ZoneInfo(name)
                moments = range(-2208988800, 4133980800, 19876543)
                offsets = [datetime.datetime.fromtimestamp(m, utc).astimezone(zone).utcoffset() for m in moments]
                print(name, *[int(o.total_seconds()) for o in offsets])
            """
        let result = try await Subprocess.run(
            .name("python3"),
            arguments: ["-c", script],
            output: .string(limit: 10_000_000),
            error: .string(limit: 10_000)
        )
        let lines = result.standardOutput.split(separator: "\n")
        #expect(lines.count > 300, "\(result.standardError)")
        let zones = ZoneFiles()
        for line in lines {
            let words = line.split(separator: " ")
            let zone = try zones.zone(String(words[0]))
            let found = stride(from: -2_208_988_800, to: 4_133_980_800, by: 19_876_543).map { second in
                "\(zone.offset(at: Timestamp(milliseconds: second * 1000)).components.seconds)"
            }
            #expect(found == words.dropFirst().map(String.init), "\(words[0])")
        }
    }
}
