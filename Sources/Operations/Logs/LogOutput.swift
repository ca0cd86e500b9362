import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lines on their way to a file descriptor, written by a thread of their own.
///
/// Whoever adds a line never waits: where the reader is too slow, lines are dropped and counted, and a line says how
/// many. What cannot be written, because the disk is full or nobody reads, does not stop the program either.
final class LogOutput: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        /// Lines that were dropped since the last that said so.
        var lost = 0
        var isWriting = false
        var describeLoss: @Sendable (Int) -> String = { "\($0) lines of the log were lost: they could not be written." }
    }

    private let descriptor: Int32
    /// How many bytes may wait.
    private let limit: Int
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "log", qos: .utility)
    /// Whether the last write stopped inside of a line.
    private let isInsideLine = Mutex(false)

    /// What Linux writes to a pipe in one piece, so that the lines of two processes do not run into each other.
    private static let piece = 4096

    init(descriptor: Int32, limit: Int = 1 << 20) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// How the line about lost ones is written, in the format of all others.
    func describeLoss(_ make: @escaping @Sendable (Int) -> String) {
        state.withLock { $0.describeLoss = make }
    }

    /// The line's end is added.
    func add(_ line: String) {
        let mustBegin = state.withLock { state in
            guard state.waiting.count < limit else {
                state.lost += 1
                return false
            }
            state.waiting.append(contentsOf: line.utf8)
            state.waiting.append(0x0a)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustBegin { queue.async { self.drain() } }
    }

    /// Returns when everything that was added before is written, at the latest after `limit` seconds.
    func flush(upTo limit: Double) {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        _ = done.wait(timeout: .now() + limit)
    }

    private func drain() {
        while let (bytes, told) = take() {
            var rest = bytes[...]
            // The first line tells of lost ones; where it is lost itself, they are to be told of again.
            var untold = told
            while !rest.isEmpty {
                let piece = Self.wholeLines(of: rest)
                rest = rest[piece.endIndex...]
                if !write(piece) {
                    let lines = piece.count { $0 == 0x0a }
                    let lost = untold > 0 ? lines - 1 + untold : lines
                    state.withLock { $0.lost += lost }
                }
                untold = 0
            }
        }
    }

    /// nil when nothing waits; then the next line begins a new turn.
    private func take() -> (bytes: [UInt8], told: Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { (state.waiting, state.lost) = ([], 0) }
            guard state.lost > 0 else { return (state.waiting, 0) }
            return (Array(state.describeLoss(state.lost).utf8) + [0x0a] + state.waiting, state.lost)
        }
    }

    /// As many lines as go to a pipe in one piece, at least one.
    private static func wholeLines(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.count > piece else { return bytes }
        let end = bytes.prefix(piece).lastIndex(of: 0x0a) ?? bytes.firstIndex(of: 0x0a)
        return end.map { bytes[...$0] } ?? bytes
    }

    /// False when it could not be written to its end.
    private func write(_ lines: ArraySlice<UInt8>) -> Bool {
        let wasInside = isInsideLine.withLock { $0 }
        return (wasInside ? [0x0a] + lines : lines).withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EAGAIN {
                    // Somebody who shares this output made it non-blocking.
                    var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&wait, 1, 1000)
                } else if errno != EINTR {
                    isInsideLine.withLock { $0 = rest.count < bytes.count || wasInside }
                    return false
                }
            }
            isInsideLine.withLock { $0 = false }
            return true
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
