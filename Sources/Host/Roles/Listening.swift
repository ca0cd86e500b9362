import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A server, with words that help when it cannot listen.
struct Listening: Service {
    let address: String
    let port: Int
    /// The setting that chooses the port.
    let key: String
    let base: any Service

    init(at address: String, port: Int, key: String, base: any Service) {
        self.address = address
        self.port = port
        self.key = key
        self.base = base
    }

    func run() async throws {
        do {
            try await base.run()
        } catch {
            throw Self.explain(error, address: address, port: port, key: key) ?? error
        }
    }

    /// The server's errors carry the system's number only in their text.
    static func explain(_ error: any Error, address: String, port: Int, key: String) -> Failure? {
        let text = "\(error)"
        func isError(_ number: Int32) -> Bool { text.contains("(errno: \(number))") }
        if isError(EADDRINUSE) {
            return Failure(
                .failed,
                "Port \(port) on \(address) is in use: another program listens there. End it, or set \(key) to a free port."
            )
        }
        if isError(EACCES) {
            return Failure(.failed, "This user may not listen on port \(port). Set \(key) to a port above 1023.")
        }
        if isError(EADDRNOTAVAIL) || text.contains("UnknownHost") {
            return Failure(.configuration, "web.address is “\(address)”, which is not an address of this machine.")
        }
        return nil
    }
}
