/// When a person's report of all products comes, and where to.
package struct Digest: Hashable, Sendable {
    package let owner: ID<Account>
    package var isOn: Bool
    package var rhythm: Rhythm
    /// The name of the time zone whose clock counts: `Europe/Berlin`.
    package var zone: String
    /// The channels it goes to; nil for all that the owner has.
    package var channels: [ID<Channel>]?
    /// When it is due next; nil while it is off, or where its pattern names no time any more.
    package var next: Timestamp?
    /// When a person changed it last.
    package var changed: Timestamp

    /// The days and the time of day.
    package enum Rhythm: Hashable, Sendable {
        /// `minute` is counted from midnight, 0…1439.
        case daily(minute: Int)
        /// `weekday` 0…6, 0 is Sunday.
        case weekly(weekday: Int, minute: Int)
        case cron(Cron)
    }

    package init(
        owner: ID<Account>,
        isOn: Bool,
        rhythm: Rhythm,
        zone: String,
        channels: [ID<Channel>]? = nil,
        next: Timestamp? = nil,
        changed: Timestamp
    ) {
        self.owner = owner
        self.isOn = isOn
        self.rhythm = rhythm
        self.zone = zone
        self.channels = channels
        self.next = next
        self.changed = changed
    }

    /// What holds until a person decides otherwise: off, each morning at nine.
    package static func standard(of owner: ID<Account>, zone: String) -> Digest {
        Digest(
            owner: owner,
            isOn: false,
            rhythm: .daily(minute: 9 * 60),
            zone: zone,
            changed: Timestamp(milliseconds: 0)
        )
    }
}

extension Digest.Rhythm {
    /// The same as a cron pattern.
    ///
    /// Throws for a time or a day outside its range.
    package func cron() throws(CronError) -> Cron {
        switch self {
        case .daily(let minute): try Cron("\(minute % 60) \(minute / 60) * * *")
        case .weekly(let weekday, let minute): try Cron("\(minute % 60) \(minute / 60) * * \(weekday)")
        case .cron(let cron): cron
        }
    }

    /// The next times after `moment`, at most `count`.
    package func times(after moment: Timestamp, in zone: Zone, count: Int) throws(CronError) -> [Timestamp] {
        let cron = try cron()
        var times: [Timestamp] = []
        while times.count < count, let next = cron.next(after: times.last ?? moment, in: zone) { times.append(next) }
        return times
    }

    /// The shortest time between two reports that a pattern may ask for.
    package static let shortest: Duration = .minutes(15)

    /// Whether the next times after `moment` are too close to each other to be reports.
    package func isTooOften(after moment: Timestamp, in zone: Zone) throws(CronError) -> Bool {
        let times = try times(after: moment, in: zone, count: 50)
        return zip(times, times.dropFirst()).contains { $1 - $0 < Self.shortest }
    }
}

extension Digest {
    /// As people read it: `every day at 09:00, Europe/Berlin`.
    package var rhythmText: String {
        func clock(_ minute: Int) -> String { "\((minute / 60).twoDigits):\((minute % 60).twoDigits)" }
        let when =
            switch rhythm {
            case .daily(let minute): "every day at \(clock(minute))"
            case .weekly(let weekday, let minute):
                "every \(CivilTime.weekdayNames[weekday % 7]) at \(clock(minute))"
            case .cron(let cron): "by the pattern “\(cron.pattern)”"
            }
        return "\(when), \(zone)"
    }
}
