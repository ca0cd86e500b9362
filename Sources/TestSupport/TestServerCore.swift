import Glibc
import Synchronization

/// What the threads of a `TestServer` share; it outlives the server by as long as they need to end.
final class TestServerCore: Sendable {
    struct State: Sendable {
        var requests: [TestRequest] = []
        var connections = 0
        var abandoned = 0
        var open: Set<Int32> = []
        var gates: [Gate] = []
        var isClosed = false
        fileprivate var waiters: [Waiter] = []
    }

    fileprivate struct Waiter: Sendable {
        let isMet: @Sendable (State) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    let state = Mutex(State())
    private let listener: Int32
    private let handler: TestServer.Handler

    init(listener: Int32, handler: @escaping TestServer.Handler) {
        self.listener = listener
        self.handler = handler
    }

    /// Until the server is closed.
    func acceptAll() {
        while true {
            let connection = accept(listener, nil, nil)
            if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
            guard connection >= 0 else { break }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            let number: Int? = change { state in
                if state.isClosed { return nil }
                state.connections += 1
                state.open.insert(connection)
                return state.connections
            }
            guard let number else {
                Glibc.close(connection)
                break
            }
            BlockingThread.start { self.serve(connection, number) }
        }
        Glibc.close(listener)
    }

    func close() {
        let gates = state.withLock { state in
            guard !state.isClosed else { return [Gate]() }
            state.isClosed = true
            shutdown(listener, Int32(SHUT_RDWR))
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
            return state.gates
        }
        for gate in gates { gate.open() }
    }

    /// Returns when `isMet` is true.
    func wait(until isMet: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMetAlready = state.withLock { state in
                if isMet(state) { return true }
                state.waiters.append(Waiter(isMet: isMet, continuation: continuation))
                return false
            }
            if isMetAlready { continuation.resume() }
        }
    }

    private func change<T>(_ body: (inout State) -> T) -> T {
        let (result, met) = state.withLock { state in
            let result = body(&state)
            let met = state.waiters.filter { $0.isMet(state) }
            if !met.isEmpty {
                let now = state
                state.waiters.removeAll { $0.isMet(now) }
            }
            return (result, met)
        }
        for waiter in met { waiter.continuation.resume() }
        return result
    }

    private func serve(_ connection: Int32, _ number: Int) {
        let socket = TestSocket(connection)
        while let request = socket.readRequest(connection: number) {
            change { $0.requests.append(request) }
            let answer = handler(request)
            guard perform(answer.steps, on: socket) else {
                change { $0.abandoned += 1 }
                break
            }
            guard answer.keepsOpen else { break }
        }
        _ = state.withLock { $0.open.remove(connection) }
        Glibc.close(connection)
    }

    /// false: the other side went away before the last step was done.
    private func perform(_ steps: [TestAnswer.Step], on socket: TestSocket) -> Bool {
        for step in steps {
            switch step {
            case .send(let bytes):
                guard socket.send(bytes) else { return false }
            case .forever(let bytes):
                while socket.send(bytes) {}
                return false
            case .drip(let byte, let span):
                while socket.send([byte]) { usleep(span * 1000) }
                return false
            case .hang:
                socket.readToEnd()
                return false
            case .reset:
                socket.resetOnClose()
            case .wait(let gate):
                let isClosed = state.withLock { state in
                    state.gates.append(gate)
                    return state.isClosed
                }
                if !isClosed { gate.wait() }
            }
        }
        return true
    }
}
