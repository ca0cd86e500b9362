import Model
import Monitoring

/// When the report comes and what became of the last ones: `digest.mustache`.
struct DigestView: Sendable {
    let frame: PageFrame
    let formToken: String
    /// `on`, and when; `off`.
    let state: BadgeView
    /// Such as `every day at 09:00, Europe/Berlin`; nil while it is off.
    let rhythm: String?
    let isOn: Bool
    let rhythms: [ChoiceView]
    let weekdays: [ChoiceView]
    /// As `<input type="time">` wants it: `08:00`.
    let time: String
    let pattern: String
    let zone: String
    let isAllChannels: Bool
    let channels: [ChannelChoice]
    let hasChannels: Bool
    /// The next times in words.
    let times: [TimeRow]
    let hasTimes: Bool
    let runs: [DigestRunRow]
    let hasRuns: Bool
    /// Why there is no report to be looked at, a sentence; nil unless one was asked for.
    let nothing: String?
    /// Whether it is on and none of its channels is there any more.
    let isNowhere: Bool
    /// What is wrong with what was typed.
    let problem: String?
    let wrong: Wrong

    /// A channel to be chosen.
    struct ChannelChoice: Sendable, Hashable {
        let id: String
        let name: String
        let key: String
        let isChosen: Bool
    }

    struct TimeRow: Sendable, Hashable {
        /// `Tuesday, 1 December 2026, 09:00`.
        let text: String
        /// `in 3 hours`.
        let relative: String
    }

    /// Which field the problem is about.
    struct Wrong: Sendable, Hashable {
        let time: Bool
        let pattern: Bool
        let zone: Bool
    }

    /// `entry` is what a person typed that could not be used.
    init(
        _ detail: DigestDetail,
        entry: DigestEntry?,
        problem: RequestError?,
        nothing: String? = nil,
        now: Timestamp,
        frame: PageFrame,
        formToken: String
    ) {
        let digest = detail.digest
        let shown = entry ?? DigestEntry(digest)
        self.frame = frame
        self.formToken = formToken
        state = BadgeView(text: digest.isOn ? "On" : "Off", mood: digest.isOn ? "good" : "quiet")
        rhythm = digest.isOn ? digest.rhythmText : nil
        isOn = shown.isOn
        rhythms = [("daily", "Every day"), ("weekly", "Once a week"), ("cron", "By a cron pattern")].map {
            ChoiceView(value: $0, text: $1, isChosen: $0 == shown.rhythm)
        }
        weekdays = Weekdays.named.map { word, _, day in
            let name = CivilTime.weekdayNames[day.rawValue.trailingZeroBitCount]
            return ChoiceView(value: word, text: name, isChosen: word == shown.weekday)
        }
        (time, pattern, zone) = (shown.time, shown.pattern, shown.zone)
        isAllChannels = shown.channels == nil
        channels = detail.channels.map { channel in
            ChannelChoice(
                id: channel.id.text,
                name: channel.name,
                key: "channel-\(channel.id)",
                isChosen: shown.channels?.contains(channel.id.text) ?? false
            )
        }
        hasChannels = !channels.isEmpty
        times =
            digest.isOn
            ? detail.times.map { time in
                TimeRow(
                    text: time.weekdayText(in: detail.zone),
                    relative: TimeView.relative(from: time, to: now)
                )
            } : []
        hasTimes = !times.isEmpty
        runs = detail.runs.map { DigestRunRow($0, progress: detail.progress, now: now) }
        hasRuns = !runs.isEmpty
        self.nothing = nothing
        let known = Set(detail.channels.map(\.id))
        isNowhere = digest.isOn && hasChannels && digest.channels.map(known.isDisjoint) ?? false
        self.problem = problem?.sentence(besides: [])
        wrong = Wrong(
            time: problem?.sentence(for: "time") != nil,
            pattern: problem?.sentence(for: "pattern") != nil,
            zone: problem?.sentence(for: "zone") != nil
        )
    }
}

extension DigestEntry {
    /// What is kept, as the form shows it.
    init(_ digest: Digest) {
        var (rhythm, time, weekday, pattern) = ("daily", "09:00", "mon", "0 9 * * MON-FRI")
        switch digest.rhythm {
        case .daily(let minute): time = TimeOfDay.text(minute)
        case .weekly(let day, let minute):
            rhythm = "weekly"
            time = TimeOfDay.text(minute)
            weekday = Weekdays(weekday: day).words.first ?? weekday
        case .cron(let cron): (rhythm, pattern) = ("cron", cron.pattern)
        }
        self.init(
            isOn: digest.isOn,
            rhythm: rhythm,
            time: time,
            weekday: weekday,
            pattern: pattern,
            zone: digest.zone,
            channels: digest.channels?.map(\.text)
        )
    }
}
