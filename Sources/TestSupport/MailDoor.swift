import Glibc
import Synchronization

/// A mail server on 127.0.0.1 that can be left between two moments of a mail: before it is taken, and after it was
/// taken and before that is said.
///
/// Speaks as much SMTP as libcurl needs. A sender waits at a closed door after `MAIL FROM`, so nothing of its mail is
/// here yet; `admitOne` lets one mail in and keeps its 250 back for ever.
package final class MailDoor: Sendable {
    private struct Sender: Sendable {
        let connection: Int32
        let gate: Gate
    }

    private struct State: Sendable {
        var isOpen = true
        var admitsOne = false
        var waiting: [Sender] = []
        /// Past the door, their mail not yet answered.
        var inside = 0
        var mails: [String] = []
        var answered: [String] = []
        var open: Set<Int32> = []
        var isClosed = false
    }

    /// Where it listens.
    package let port: Int
    private let core: Core

    package init() throws {
        let (listener, port) = try TestSocket.listen()
        self.port = port
        let core = Core(listener)
        self.core = core
        BlockingThread.start { core.acceptAll() }
    }

    deinit { core.end() }

    /// All mails so far as they were written, line ends included, in the order of their last lines.
    package var mails: [String] { core.state.withLock(\.mails) }

    /// Those of which the sender was told that they were taken.
    package var answered: [String] { core.state.withLock(\.answered) }

    /// Whether a mail is between the door and its answer.
    package var isBusy: Bool { core.state.withLock { $0.inside > 0 } }

    /// Whether anybody waits before the door.
    package var isBesieged: Bool { core.state.withLock { !$0.waiting.isEmpty } }

    /// Lets in who waits, and everybody from now on.
    package func open() {
        let waiting = core.state.withLock { state in
            state.isOpen = true
            state.inside += state.waiting.count
            defer { state.waiting = [] }
            return state.waiting
        }
        for sender in waiting { sender.gate.open() }
    }

    /// Nobody comes in from now on; who is inside goes on.
    package func close() { core.state.withLock { $0.isOpen = false } }

    /// With the door closed: one mail is taken, and that is never said.
    package func admitOne() {
        let sender = core.state.withLock { state in
            state.admitsOne = true
            guard !state.waiting.isEmpty else { return Sender?.none }
            state.inside += 1
            return state.waiting.removeFirst()
        }
        sender?.gate.open()
    }

    /// After the sender died: its connections are forgotten, and the door opens.
    package func reset() {
        let waiting = core.state.withLock { state in
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
            state.admitsOne = false
            state.isOpen = true
            state.inside += state.waiting.count
            defer { state.waiting = [] }
            return state.waiting
        }
        for sender in waiting { sender.gate.open() }
    }

    /// What the threads share; it outlives the server by as long as they need to end.
    private final class Core: Sendable {
        let state = Mutex(State())
        private let listener: Int32

        init(_ listener: Int32) { self.listener = listener }

        func acceptAll() {
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
                guard connection >= 0 else { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                let isWelcome = state.withLock { state in
                    if !state.isClosed { state.open.insert(connection) }
                    return !state.isClosed
                }
                guard isWelcome else {
                    Glibc.close(connection)
                    break
                }
                BlockingThread.start {
                    self.serve(TestSocket(connection), connection)
                    _ = self.state.withLock { $0.open.remove(connection) }
                    Glibc.close(connection)
                }
            }
            Glibc.close(listener)
        }

        func end() {
            let waiting = state.withLock { state in
                state.isClosed = true
                shutdown(listener, Int32(SHUT_RDWR))
                for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
                defer { state.waiting = [] }
                return state.waiting
            }
            for sender in waiting { sender.gate.open() }
        }

        private func serve(_ socket: TestSocket, _ connection: Int32) {
            guard say("220 localhost", to: socket) else { return }
            while let line = socket.readLine() {
                let isGoing: Bool
                switch line.prefix(4).uppercased() {
                case "EHLO": isGoing = say("250 localhost", to: socket)
                case "MAIL":
                    comeIn(connection)
                    let isWhole = takeMail(socket)
                    guard isWhole else { return }
                    isGoing = true
                case "QUIT":
                    _ = say("221 Bye", to: socket)
                    return
                default: isGoing = say("250 OK", to: socket)
                }
                guard isGoing else { return }
            }
        }

        /// Returns inside.
        private func comeIn(_ connection: Int32) {
            let gate: Gate? = state.withLock { state in
                if state.isOpen || state.admitsOne && state.inside == 0 || state.isClosed {
                    state.inside += 1
                    return nil
                }
                let gate = Gate()
                state.waiting.append(Sender(connection: connection, gate: gate))
                return gate
            }
            gate?.wait()
        }

        /// From the answer to `MAIL FROM` to that after the last line; false: the sender is gone.
        private func takeMail(_ socket: TestSocket) -> Bool {
            defer { state.withLock { $0.inside -= 1 } }
            guard let mail = letIn(socket) else { return false }
            state.withLock { $0.answered.append(mail) }
            return say("250 Accepted", to: socket)
        }

        /// nil: the sender is gone, or was not told that its mail was taken and went in the end.
        private func letIn(_ socket: TestSocket) -> String? {
            guard say("250 OK", to: socket) else { return nil }
            var isData = false
            while !isData {
                guard let line = socket.readLine() else { return nil }
                isData = line.uppercased() == "DATA"
                guard say(isData ? "354 Go on" : "250 OK", to: socket) else { return nil }
            }
            var mail = ""
            while true {
                guard let line = socket.readLine() else { return nil }
                if line == "." { break }
                mail += (line.hasPrefix(".") ? line.dropFirst() : line[...]) + "\r\n"
            }
            let isKept = state.withLock { state in
                state.mails.append(mail)
                return state.admitsOne
            }
            if isKept { socket.readToEnd() }
            return isKept ? nil : mail
        }

        private func say(_ line: String, to socket: TestSocket) -> Bool { socket.send(Array("\(line)\r\n".utf8)) }
    }
}
