import Glibc
import Synchronization

/// The processes of an installation, each started again whenever it ends, until all are told to.
final class Fleet: Sendable {
    private struct State {
        var processes: [Int: LiveProcess] = [:]
        var starts = 0
        var isEnding = false
    }

    private let state = Mutex(State())
    private let roles: [String]
    private let installation: Installation

    init(_ roles: [String], of installation: Installation) { (self.roles, self.installation) = (roles, installation) }

    /// Those that live, by place.
    var processes: [Int: LiveProcess] { state.withLock(\.processes) }

    /// How often a process was started.
    var starts: Int { state.withLock(\.starts) }

    /// Runs all of them while `work` runs, then tells them to end.
    func run(_ work: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for place in roles.indices { group.addTask { try await self.keep(place) } }
            do {
                try await work()
            } catch {
                end(SIGKILL)
                throw error
            }
            end(SIGTERM)
            try await group.waitForAll()
        }
    }

    /// Kills the process of one place, and says which it was; nil where it is just being started.
    func kill(_ place: Int) -> LiveProcess? {
        state.withLock { state in
            let process = state.processes.removeValue(forKey: place)
            process?.send(SIGKILL)
            return process
        }
    }

    private func keep(_ place: Int) async throws {
        while !state.withLock(\.isEnding) {
            try await installation.runUntilEnded(roles[place]) { process in
                let isLate = state.withLock { state in
                    state.processes[place] = process
                    state.starts += 1
                    return state.isEnding
                }
                if isLate { process.send(SIGTERM) }
                while !process.log.hasEnded { try await Task.sleep(for: .milliseconds(50)) }
            }
        }
    }

    private func end(_ signal: Int32) {
        state.withLock { state in
            state.isEnding = true
            for process in state.processes.values { process.send(signal) }
        }
    }
}
