package import Model
import SQL
import Store

/// A person's report of all products: when it comes, where to, and now.
package struct Digests: Sendable {
    let database: any Database
    let turns: DigestTurns
    let composer: ReportComposer
    let zones: ZoneSource
    let homeZone: String
    let now: @Sendable () -> Timestamp

    package func detail(as actor: Actor) async throws -> DigestDetail {
        let now = now()
        return try await database.read { connection in
            let digest = try connection.digest(of: actor.account) ?? .standard(of: actor.account, zone: homeZone)
            let zone = composer.zone(digest.zone)
            let channels = try connection.channels(of: actor.account)
            let runs = try connection.digestRuns(of: actor.account, limit: 10)
            let states = try connection.messageStates(
                keys: runs.flatMap { run in channels.map { run.key(on: $0.id) } }
            )
            return DigestDetail(
                digest: digest,
                zone: zone,
                times: try digest.rhythm.times(after: now, in: zone, count: 3),
                channels: channels.map { channel in
                    var channel = channel
                    channel.options = [:]
                    return channel
                },
                runs: runs.map { run in
                    let found = channels.compactMap { states[run.key(on: $0.id)] }
                    return DigestDetail.Run(
                        run: run,
                        delivered: found.count { $0 == .delivered },
                        pending: found.count { $0 == .pending },
                        refused: found.count { $0 == .refused }
                    )
                },
                progress: try runs.first { $0.state == .checking }.map { try turns.progress(of: $0, on: connection) }
            )
        }
    }

    /// Throws `.invalid` for `rhythm`, `time`, `weekday`, `pattern`, `zone` or `channels`.
    ///
    /// Counts from the next second on; what was due by then is made as it was wanted before.
    package func change(_ entry: DigestEntry, as actor: Actor) async throws {
        try actor.mayWrite()
        let now = now()
        let zone: Zone
        do {
            zone = try zones(entry.zone)
        } catch {
            throw RequestError.invalid(
                field: "zone",
                entry.zone.isEmpty ? "Name a time zone, such as Europe/Berlin." : "\(error)"
            )
        }
        let rhythm = try entry.rhythm(in: zone, now: now)
        let next = entry.isOn ? try rhythm.cron().next(after: now, in: zone) : nil
        let begun = try await database.transaction(.locking) { connection -> DigestRun? in
            let channels = try entry.channels.map { chosen in
                let known = try connection.channels(of: actor.account).map(\.id)
                return try chosen.map { text in
                    guard let id = known.first(where: { $0.text == text }) else {
                        throw RequestError.invalid(field: "channels", "One of the channels is not there any more.")
                    }
                    return id
                }
            }
            guard channels?.isEmpty != true || !entry.isOn else {
                throw RequestError.invalid(field: "channels", "Choose at least one channel, or all of them.")
            }
            let before = try connection.digest(of: actor.account)
            var begun: DigestRun?
            if let before, before.next.map({ $0 <= now }) == true {
                begun = try turns.begin(before, now: now, on: connection)
            }
            try connection.save(
                Digest(
                    owner: actor.account,
                    isOn: entry.isOn,
                    rhythm: rhythm,
                    zone: entry.zone,
                    channels: channels,
                    next: next,
                    changed: now
                )
            )
            return begun
        }
        if let begun { turns.log(begun) }
    }

    /// Makes a report now, whether it is on or off; the one that is being made already, where there is one.
    ///
    /// A test says so, and says what is known without a look at the shops. Throws `.invalid` for `channels` while there
    /// is none it could go to.
    package func send(isTest: Bool, as actor: Actor) async throws -> DigestRun {
        try actor.mayWrite()
        let now = now()
        let run = try await database.transaction(.locking) { connection -> DigestRun? in
            let chosen = try connection.digest(of: actor.account)?.channels
            let channels = try connection.channels(of: actor.account)
            guard channels.contains(where: { channel in chosen.map { $0.contains(channel.id) } ?? true }) else {
                throw RequestError.invalid(
                    field: "channels",
                    "There is no channel to send the report on. Add one on the page “Channels”, or choose another one."
                )
            }
            return try turns.begin(
                of: actor.account,
                due: now,
                cause: isTest ? .test : .asked,
                isChecked: isTest,
                now: now,
                on: connection
            )
        }
        guard let run else {
            throw RequestError.conflict("Another report was asked for at the same moment.", existing: nil)
        }
        turns.log(run)
        return run
    }

    /// What became of a report.
    package func run(_ id: ID<DigestRun>, as actor: Actor) async throws -> DigestRun {
        let run = try await database.read { try $0.digestRun(id) }
        guard let run, run.owner == actor.account else { throw RequestError.notFound("There is no such report.") }
        return run
    }
}
