import Model
import Monitoring
import TestSupport
import Testing

/// What a person may say about when a report comes.
@Suite(.timeLimit(.minutes(20)))
struct DigestEntryTests {
    @Test(arguments: [
        (
            "rhythm",
            DigestEntry(isOn: true, rhythm: "hourly", time: "", weekday: "", pattern: "", zone: "UTC", channels: nil)
        ),
        (
            "time",
            DigestEntry(
                isOn: true,
                rhythm: "daily",
                time: "24:00",
                weekday: "",
                pattern: "",
                zone: "UTC",
                channels: nil
            )
        ),
        (
            "weekday",
            DigestEntry(
                isOn: true,
                rhythm: "weekly",
                time: "09:00",
                weekday: "",
                pattern: "",
                zone: "UTC",
                channels: nil
            )
        ),
        (
            "pattern",
            DigestEntry(
                isOn: true,
                rhythm: "cron",
                time: "",
                weekday: "",
                pattern: "0 9 * *",
                zone: "UTC",
                channels: nil
            )
        ),
        (
            "pattern",
            DigestEntry(
                isOn: true,
                rhythm: "cron",
                time: "",
                weekday: "",
                pattern: "* * * * *",
                zone: "UTC",
                channels: nil
            )
        ),
        (
            "zone",
            DigestEntry(isOn: true, rhythm: "daily", time: "09:00", weekday: "", pattern: "", zone: "", channels: nil)
        ),
        (
            "zone",
            DigestEntry(
                isOn: true,
                rhythm: "daily",
                time: "09:00",
                weekday: "",
                pattern: "",
                zone: "Mars",
                channels: nil
            )
        ),
        (
            "channels",
            DigestEntry(
                isOn: true,
                rhythm: "daily",
                time: "09:00",
                weekday: "",
                pattern: "",
                zone: "UTC",
                channels: ["x"]
            )
        ),
        (
            "channels",
            DigestEntry(isOn: true, rhythm: "daily", time: "09:00", weekday: "", pattern: "", zone: "UTC", channels: [])
        ),
    ])
    func `says what is wrong with settings, and keeps those of before`(field: String, entry: DigestEntry) async throws {
        try await House.with { house in
            let actor = try await house.person()
            do {
                try await house.monitoring.digests.change(entry, as: actor)
                Issue.record("They were taken.")
            } catch let RequestError.invalid(found, sentence) {
                #expect(found == field)
                #expect(sentence.last == "." || sentence.last == "?")
            }
            let kept = try await house.monitoring.digests.detail(as: actor)
            #expect(!kept.digest.isOn)
            #expect(kept.digest.rhythm == .daily(minute: 540))
            #expect(kept.times.count == 3)
        }
    }
}
