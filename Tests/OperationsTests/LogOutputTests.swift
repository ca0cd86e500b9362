import Dispatch
import Synchronization
import Testing

@testable import Operations

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(20)))
struct LogOutputTests {
    /// Both ends of a pipe.
    private struct Pipe {
        let reader: Int32
        let writer: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            // A child process of another test would keep an end open, and the reader waiting for the end.
            try #require(pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reader, writer) = (ends[0], ends[1])
            signal(SIGPIPE, SIG_IGN)
        }

        /// What comes until all writers are closed.
        func read() async -> String {
            await elsewhere { self.readNow() }
        }

        func readNow() -> String {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(reader, &buffer, buffer.count)
                guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
                bytes += buffer.prefix(count)
            }
        }
    }

    @Test func `lines come out whole and in order`() async throws {
        let pipe = try Pipe()
        let output = LogOutput(descriptor: pipe.writer)
        let lines = (0..<5000).map { "line \($0) \(String(repeating: "x", count: $0 % 300))" }
        async let read = pipe.read()
        for line in lines { output.add(line) }
        await output.flush()
        close(pipe.writer)
        #expect(await read == lines.map { $0 + "\n" }.joined())
        close(pipe.reader)
    }

    @Test func `a reader that stopped reading holds nobody up, and learns later how much it missed`() async throws {
        let pipe = try Pipe()
        let output = LogOutput(descriptor: pipe.writer, limit: 10_000)
        output.describeLoss { "lost \($0)" }
        // A pipe holds 64 KiB: far more is added, and nobody reads.
        let line = String(repeating: "y", count: 99)
        for _ in 0..<10_000 { output.add(line) }
        async let read = pipe.read()
        await output.flush()
        output.add("end")
        await output.flush()
        close(pipe.writer)
        let found = await read.split(separator: "\n")
        let lost = found.compactMap { $0.hasPrefix("lost ") ? Int($0.dropFirst(5)) : nil }.reduce(0, +)
        #expect(lost > 0)
        #expect(found.last == "end")
        #expect(found.count { $0 == line } + lost == 10_000)
        close(pipe.reader)
    }

    @Test func `a closed pipe stops nothing`() async throws {
        let pipe = try Pipe()
        close(pipe.reader)
        let output = LogOutput(descriptor: pipe.writer)
        for number in 0..<1000 { output.add("line \(number)") }
        await output.flush()
        close(pipe.writer)
    }

    @Test func `a full disk stops nothing`() async throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        let output = LogOutput(descriptor: descriptor)
        for number in 0..<1000 { output.add("line \(number)") }
        await output.flush()
        close(descriptor)
    }

    @Test func `lines that could not be written are counted until a line can be written again`() async throws {
        let pipe = try Pipe()
        let full = open("/dev/full", O_WRONLY)
        let descriptor = fcntl(full, F_DUPFD_CLOEXEC, 0)
        let output = LogOutput(descriptor: descriptor)
        output.describeLoss { "lost \($0)" }
        for number in 0..<3 {
            output.add("line \(number)")
            await output.flush()
        }
        // The disk has room again.
        dup2(pipe.writer, descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        output.add("back")
        await output.flush()
        for each in [pipe.writer, descriptor, full] { close(each) }
        #expect(await pipe.read() == "lost 3\nback\n")
        close(pipe.reader)
    }

    @Test func `an output that somebody made non-blocking loses nothing`() async throws {
        let pipe = try Pipe()
        _ = fcntl(pipe.writer, F_SETFL, O_NONBLOCK)
        let output = LogOutput(descriptor: pipe.writer)
        let lines = (0..<5000).map { "line \($0) of many that do not fit into the pipe at once" }
        for line in lines { output.add(line) }
        async let read = pipe.read()
        await output.flush()
        close(pipe.writer)
        #expect(await read == lines.map { $0 + "\n" }.joined())
        close(pipe.reader)
    }
}

extension LogOutput {
    fileprivate func flush() async {
        await elsewhere { self.flush(upTo: 30) }
    }
}

/// Does what blocks on a thread that nobody else needs.
private func elsewhere<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: "elsewhere").async { continuation.resume(returning: work()) }
    }
}
