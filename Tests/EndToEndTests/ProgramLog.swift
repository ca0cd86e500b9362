import Subprocess
import Synchronization

/// What a program writes, line by line, while it runs.
final class ProgramLog: Sendable {
    private struct State {
        var lines: [String] = []
        var hasEnded = false
        var waiters: [CheckedContinuation<Int?, Never>] = []
        /// The port in the first line that names an address of this machine.
        var port: Int?

        mutating func add(_ line: String) {
            lines.append(line)
            // Only this one: there are many of a process that never names one.
            port =
                port
                ?? line.firstRange(of: "http://127.0.0.1:").flatMap {
                    Int(line[$0.upperBound...].prefix(while: \.isNumber))
                }
        }
    }

    private let state = Mutex(State())

    /// Whether the program has closed its output.
    var hasEnded: Bool { state.withLock(\.hasEnded) }
    var lines: [String] { state.withLock(\.lines) }

    /// Returns when the program has closed its output.
    func read(_ output: SubprocessOutputSequence) async throws {
        defer { change { $0.hasEnded = true } }
        for try await line in output.strings() {
            change { $0.add(String(line.trimmingSuffix(while: \.isNewline))) }
        }
    }

    /// Where the program listens, as soon as it says so.
    func port() async throws -> Int {
        let port = await withCheckedContinuation { continuation in
            let known: Int?? = state.withLock { state in
                if state.port != nil || state.hasEnded { return state.port }
                state.waiters.append(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
        guard let port else { throw Problem("The program ended before it listened.") }
        return port
    }

    private func change(_ make: (inout State) -> Void) {
        let (waiters, port) = state.withLock { state in
            make(&state)
            guard state.port != nil || state.hasEnded else { return ([CheckedContinuation<Int?, Never>](), Int?.none) }
            defer { state.waiters = [] }
            return (state.waiters, state.port)
        }
        for waiter in waiters { waiter.resume(returning: port) }
    }
}

extension String {
    func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
