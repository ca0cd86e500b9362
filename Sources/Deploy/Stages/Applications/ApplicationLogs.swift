/// What the applications write, as Coolify has it.
package struct ApplicationLogs: Sendable {
    private let work: CoolifyWorkplace

    package init(_ work: CoolifyWorkplace) { self.work = work }

    /// The last `count` lines of one, oldest first, without secrets; throws where it does not run.
    package func last(_ count: Int, of role: ApplicationRole) async throws -> [String] {
        let application = try await work.application(role)
        guard let lines = try await work.api.applicationLog(application.id, lines: count) else {
            throw DeployError(
                "\(role.rawValue) does not run (\(application.status)), and Coolify keeps no log of what is gone. Run "
                    + "“\(work.resumption)” to start it."
            )
        }
        return lines.map { work.api.blot($0) }
    }

    /// Tells the last `count` lines and then each new one, until the task is cancelled.
    package func follow(_ role: ApplicationRole, from count: Int, tell: (String) -> Void) async throws {
        let application = try await work.application(role)
        var known: [String] = []
        while true {
            // More than a busy application writes between two looks; while it is replaced there is none for a moment.
            let size = known.isEmpty ? count : max(count, 500)
            if let lines = try await work.api.applicationLog(application.id, lines: size, timed: true) {
                for line in Self.new(in: lines, after: known) { tell(work.api.blot(Self.untimed(line))) }
                if !lines.isEmpty { known = lines }
            }
            try await work.patience.pause(for: .seconds(2))
        }
    }

    /// The lines of `lines` that come after those of `known`; all of them where the two don't meet.
    static func new(in lines: [String], after known: [String]) -> ArraySlice<String> {
        guard let last = known.last else { return lines[...] }
        // From the end: the last line may have been written twice, and the ones before it tell which of them it was.
        for end in lines.indices.reversed() where lines[end] == last {
            let overlap = min(end + 1, known.count)
            if lines[(end + 1 - overlap)...end].elementsEqual(known.suffix(overlap)) { return lines[(end + 1)...] }
        }
        return lines[...]
    }

    /// Without Docker's time before it: `2026-11-23T12:00:00.123456789Z `.
    static func untimed(_ line: String) -> String {
        guard let space = line.firstIndex(of: " ") else { return line }
        let time = line[..<space]
        let isTime = time.count >= 20 && time.first?.isNumber == true && time.last == "Z" && time.contains("T")
        return isTime ? String(line[line.index(after: space)...]) : line
    }
}
