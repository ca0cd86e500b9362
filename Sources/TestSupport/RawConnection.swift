import Glibc

/// A connection to a server on this machine that says exactly what a test wants, be it no whole request.
package enum RawConnection {
    /// Sends the text and gives everything that comes until the server ends the connection.
    package static func send(_ text: String, to port: Int) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            BlockingThread.start {
                continuation.resume(with: Result { try exchange(Array(text.utf8), port: port) })
            }
        }
    }

    private static func exchange(_ bytes: [UInt8], port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            throw ChildProcess.Failure(
                description: "Nobody listens on port \(port): \(String(cString: strerror(errno)))."
            )
        }
        // A server that has heard enough may have closed already; then there is only its answer to read.
        _ = TestSocket(descriptor).send(bytes)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer.prefix(count)
        }
    }
}
