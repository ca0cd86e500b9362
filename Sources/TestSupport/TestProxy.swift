import Glibc
import Synchronization

/// A way to a server that counts the messages and fails at a chosen one.
///
/// It reads what is sent without TLS, so that PostgreSQL's address says `sslmode=disable`.
package final class TestProxy: Sendable {
    /// Who sent a message.
    package enum Side: Sendable, CaseIterable {
        case client, server
    }

    package enum Fault: Sendable, CaseIterable {
        /// The connection ends, and the message is not passed on.
        case cutBefore
        /// The connection ends when the message was passed on.
        case cutAfter
        /// From the message on nothing is passed on in either direction, and nobody is told.
        case swallow
    }

    /// How one message is told from the next.
    package enum Framing: Sendable {
        case postgres
        /// What comes at one time is one message.
        case chunks
    }

    /// Where it listens.
    package let port: Int
    private let core: Core

    /// Goes to that port of this machine.
    ///
    /// The fault comes at one message of that side, the first being 1, counted over all connections; later connections
    /// are fine.
    package init(
        to target: Int,
        _ fault: Fault? = nil,
        at number: Int = 0,
        from side: Side = .server,
        framing: Framing = .postgres
    ) throws {
        let (listener, port) = try TestSocket.listen()
        self.port = port
        let core = Core(listener: listener, target: target, framing: framing, fault: fault, number: number, side: side)
        self.core = core
        BlockingThread.start { core.acceptAll() }
    }

    deinit { core.close() }

    /// Whether the fault came.
    package var hasFailed: Bool { core.state.withLock(\.hasFailed) }

    /// Lets the fault come at the next message of the side.
    package func fail(_ fault: Fault, atNextFrom side: Side) {
        core.state.withLock { state in
            state.plan = Plan(fault: fault, number: (state.counts[side] ?? 0) + 1, side: side)
        }
    }

    private struct Plan: Sendable {
        let fault: Fault
        let number: Int
        let side: Side
    }

    private struct State: Sendable {
        var counts: [Side: Int] = [:]
        var plan: Plan?
        var hasFailed = false
        var open: Set<Int32> = []
        var isClosed = false
    }

    /// What the threads share; it outlives the proxy by as long as they need to end.
    private final class Core: Sendable {
        let state: Mutex<State>
        private let listener: Int32
        private let target: Int
        private let framing: Framing

        init(listener: Int32, target: Int, framing: Framing, fault: Fault?, number: Int, side: Side) {
            self.listener = listener
            self.target = target
            self.framing = framing
            state = Mutex(State(plan: fault.map { Plan(fault: $0, number: number, side: side) }))
        }

        func acceptAll() {
            while true {
                let client = accept(listener, nil, nil)
                if client < 0, errno == EINTR || errno == ECONNABORTED { continue }
                guard client >= 0 else { break }
                _ = fcntl(client, F_SETFD, FD_CLOEXEC)
                guard let server = TestSocket.connect(to: target) else {
                    Glibc.close(client)
                    continue
                }
                // Messages go on one by one; otherwise each would wait for the other side's thanks for the one before.
                for socket in [client, server] {
                    var isOn: Int32 = 1
                    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
                }
                let isWelcome = state.withLock { state in
                    if !state.isClosed { state.open.formUnion([client, server]) }
                    return !state.isClosed
                }
                let link = Link(client: client, server: server)
                guard isWelcome else {
                    link.cut()
                    break
                }
                BlockingThread.start { self.pass(on: link, from: .client) }
                BlockingThread.start { self.pass(on: link, from: .server) }
            }
            Glibc.close(listener)
        }

        func close() {
            state.withLock { state in
                state.isClosed = true
                shutdown(listener, Int32(SHUT_RDWR))
                for socket in state.open { shutdown(socket, Int32(SHUT_RDWR)) }
            }
        }

        private func pass(on link: Link, from side: Side) {
            let (source, target) = side == .client ? (link.client, link.server) : (link.server, link.client)
            var isFirst = side == .client
            while let message = message(from: TestSocket(source), isFirst: isFirst) {
                isFirst = false
                let fault = count(side)
                if fault == .cutBefore { break }
                if fault == .swallow { link.swallows.store(true, ordering: .sequentiallyConsistent) }
                if link.swallows.load(ordering: .sequentiallyConsistent) { continue }
                guard TestSocket(target).send(message), fault != .cutAfter else { break }
            }
            link.cut()
            guard link.isLastThread() else { return }
            state.withLock { $0.open.subtract([link.client, link.server]) }
            Glibc.close(link.client)
            Glibc.close(link.server)
        }

        /// The fault that comes with this message.
        private func count(_ side: Side) -> Fault? {
            state.withLock { state in
                let number = (state.counts[side] ?? 0) + 1
                state.counts[side] = number
                guard let plan = state.plan, plan.side == side, plan.number == number else { return nil }
                state.hasFailed = true
                return plan.fault
            }
        }

        /// nil: there will be no more. <https://www.postgresql.org/docs/15/protocol-message-formats.html>
        private func message(from socket: TestSocket, isFirst: Bool) -> [UInt8]? {
            if framing == .chunks { return socket.readSome() }
            // What a client sends first has no letter for its kind.
            guard let head = socket.read(isFirst ? 4 : 5) else { return nil }
            let length = head.suffix(4).reduce(0) { $0 << 8 | Int($1) }
            return socket.read(length - 4).map { head + $0 }
        }
    }

    /// Two connections that belong together, with a thread for each direction.
    private final class Link: Sendable {
        let client: Int32
        let server: Int32
        let swallows = Atomic(false)
        private let threads = Atomic(2)

        init(client: Int32, server: Int32) { (self.client, self.server) = (client, server) }

        func cut() {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
        }

        func isLastThread() -> Bool { threads.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 }
    }
}
