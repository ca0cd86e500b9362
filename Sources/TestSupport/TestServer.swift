import Glibc
import Synchronization

/// An HTTP/1.1 server on 127.0.0.1 that does what a closure says, byte for byte.
///
/// Each connection has a thread of its own. The server ends with `close()` or with the object.
package final class TestServer: Sendable {
    /// What to do with a request; called on the connection's thread.
    package typealias Handler = @Sendable (TestRequest) -> TestAnswer

    /// Where it listens.
    package let port: Int
    private let core: TestServerCore

    /// Listens on a free port at once.
    package init(_ handler: @escaping Handler) throws {
        let (listener, port) = try TestSocket.listen()
        self.port = port
        let core = TestServerCore(listener: listener, handler: handler)
        self.core = core
        BlockingThread.start { core.acceptAll() }
    }

    deinit { core.close() }

    /// A port on which nobody listens, and which the system gives to nobody who asks it for any.
    package static func freePort() throws -> Int {
        for _ in 0..<100 {
            guard let found = try? TestSocket.listen(on: .random(in: 15_000...30_000)) else { continue }
            Glibc.close(found.descriptor)
            return found.port
        }
        throw ChildProcess.Failure(description: "No free port was found between 15000 and 30000.")
    }

    /// As in `http://127.0.0.1:12345`.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// The same server by another name: every name that ends in `localhost` is this machine (RFC 6761).
    package func url(host: String) -> String { "http://\(host):\(port)" }

    /// All so far, in the order in which they were read.
    package var requests: [TestRequest] { core.state.withLock { $0.requests } }

    /// How many connections came so far.
    package var connectionCount: Int { core.state.withLock { $0.connections } }

    /// The first `count` requests, as soon as they are there.
    package func requests(_ count: Int) async -> [TestRequest] {
        await core.wait { $0.requests.count >= count }
        return Array(requests.prefix(count))
    }

    /// Returns when the other side has ended a connection that was in the middle of an answer, `count` times in all.
    package func abandoned(_ count: Int) async {
        await core.wait { $0.abandoned >= count }
    }

    /// Ends all connections; may be called again.
    package func close() {
        core.close()
    }
}
