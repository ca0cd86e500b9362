import Glibc

/// One connection of a `TestServer`, read and written with blocking calls.
struct TestSocket: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Listens on 127.0.0.1, on a port that was free.
    static func listen(on port: UInt16 = 0) throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(descriptor, address, length) == 0 else { return Int32(-1) }
                guard Glibc.listen(descriptor, 1024) == 0 else { return Int32(-1) }
                return getsockname(descriptor, address, &length)
            }
        }
        guard code == 0 else {
            let why = String(cString: strerror(errno))
            close(descriptor)
            throw ChildProcess.Failure(description: "No port of 127.0.0.1 could be listened on: \(why).")
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A connection to that port of 127.0.0.1; nil when nobody listens there.
    static func connect(to port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// nil: the other side sends no more requests.
    func readRequest(connection: Int) -> TestRequest? {
        var head: [UInt8] = []
        // One byte at a time: nothing of a following request is taken by accident.
        while !head.suffix(4).elementsEqual([0x0d, 0x0a, 0x0d, 0x0a]) {
            guard let byte = read(1)?.first else { return nil }
            head.append(byte)
        }
        let lines = String(decoding: head.dropLast(4), as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = (lines.first ?? "").split(separator: " ").map(String.init)
        guard words.count == 3 else { return nil }
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        guard let body = read(length ?? 0) else { return nil }
        return TestRequest(
            method: words[0],
            target: words[1],
            headerLines: Array(lines.dropFirst()),
            body: body,
            connection: connection
        )
    }

    /// A line without its end; nil: the other side sends no more.
    func readLine() -> String? {
        var line: [UInt8] = []
        while let byte = read(1)?.first {
            if byte == 0x0a { return String(decoding: line.last == 0x0d ? line.dropLast() : line[...], as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    /// false: the other side is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Returns when the other side has ended the connection.
    func readToEnd() {
        while read(1) != nil {}
    }

    /// Makes the coming end of the connection a reset.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// What is there, or comes next; nil: the other side sends no more.
    func readSome() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &bytes, bytes.count, 0)
            if count < 0, errno == EINTR { continue }
            return count > 0 ? Array(bytes[..<count]) : nil
        }
    }

    /// Exactly `count` bytes, or nil.
    func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let more = bytes[have...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if more < 0, errno == EINTR { continue }
            guard more > 0 else { return nil }
            have += more
        }
        return bytes
    }
}
