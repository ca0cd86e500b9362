import Glibc
import Synchronization

/// A child process whose lines are read and that is fed lines; it ends when this object goes, or the test dies.
///
/// The child has to end by itself when its standard input ends, which is what happens to it when the test process
/// dies; `close()` also sends SIGKILL to it and reaps it.
package final class ChildProcess: Sendable {
    /// Why a child did not start or went away.
    package struct Failure: Error, CustomStringConvertible {
        /// A sentence.
        package let description: String
    }

    private struct Waiter: Sendable {
        let number: Int
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var lines: [String] = []
        var waiters: [Waiter] = []
        /// The next waiter's number.
        var turn = 0
        var hasEnded = false
        var input: Int32
        var process: pid_t?
    }

    private let state: Mutex<State>
    private let program: String

    /// Starts `program`, a path; the standard error is the test's own.
    package init(_ program: String, _ arguments: [String]) throws {
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        guard pipe(&input) == 0, pipe(&output) == 0 else {
            throw Failure(description: "No pipe could be made: \(String(cString: strerror(errno))).")
        }
        // Other children must not hold an end of these.
        for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawn(&process, program, &actions, nil, &words, environ)
        Glibc.close(input[0])
        Glibc.close(output[1])
        guard code == 0 else {
            Glibc.close(input[1])
            Glibc.close(output[0])
            throw Failure(description: "\(program) could not be started: \(String(cString: strerror(code))).")
        }
        self.program = program
        state = Mutex(State(input: input[1], process: process))
        read(output[0])
    }

    deinit { close() }

    /// Ends the child and waits until it is gone; may be called again.
    package func close() {
        let (input, process) = state.withLock { state in
            defer {
                state.input = -1
                state.process = nil
            }
            return (state.input, state.process)
        }
        if input >= 0 { Glibc.close(input) }
        guard let process else { return }
        kill(process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Writes one line to the child's standard input.
    package func send(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        state.withLock { state in
            if state.input >= 0 { _ = write(state.input, bytes, bytes.count) }
        }
    }

    /// The first `count` lines, as soon as they are there; throws where the child ends before, and `CancellationError`
    /// when the task is cancelled, as by a test's time limit.
    package func lines(_ count: Int) async throws -> [String] {
        let number = state.withLock { state in
            state.turn += 1
            return state.turn
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if state.lines.count >= count || state.hasEnded || Task.isCancelled { return true }
                    state.waiters.append(Waiter(number: number, count: count, continuation: continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume()
        }
        let lines = state.withLock { $0.lines }
        guard lines.count >= count else {
            try Task.checkCancellation()
            throw Failure(description: "\(program) ended after \(lines.count) of \(count) lines.")
        }
        return Array(lines.prefix(count))
    }

    /// On a thread of its own, which ends with the child; it does not keep the object alive.
    private func read(_ descriptor: Int32) {
        BlockingThread.start { [weak self] in
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                bytes.append(contentsOf: buffer[..<count])
                while let end = bytes.firstIndex(of: 0x0a) {
                    let line = String(decoding: bytes[..<end], as: UTF8.self)
                    bytes.removeSubrange(...end)
                    self?.add(line)
                }
            }
            Glibc.close(descriptor)
            self?.add(nil)
        }
    }

    /// nil: there will be no more.
    private func add(_ line: String?) {
        let ready = state.withLock { state in
            if let line { state.lines.append(line) } else { state.hasEnded = true }
            let count = state.hasEnded ? Int.max : state.lines.count
            let ready = state.waiters.filter { $0.count <= count }
            state.waiters.removeAll { $0.count <= count }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }
}
