import Dispatch
import Synchronization
import Testing

@testable import Monitoring

@Suite(.timeLimit(.minutes(20))) struct BlockingQueueTests {
    @Test func `work that has not begun is not begun when nobody waits for it`() async throws {
        let queue = BlockingQueue(label: "test", isConcurrent: false)
        let gate = DispatchSemaphore(value: 0)
        let first = Task {
            try await queue.run {
                gate.wait()
                return 1
            }
        }
        let count = Counter()
        let second = Task { try await queue.run { count.add() } }
        second.cancel()
        gate.signal()
        #expect(try await first.value == 1)
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(count.value == 0)
    }

    @Test func `nobody has to wait for work that has begun, and it runs to its end`() async throws {
        let queue = BlockingQueue(label: "test", isConcurrent: false)
        let (begun, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let count = Counter()
        let work = Task {
            try await queue.run {
                begun.signal()
                gate.wait()
                count.add()
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                begun.wait()
                continuation.resume()
            }
        }
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(count.value == 0)
        gate.signal()
        // Behind it in the same queue.
        #expect(try await queue.run { count.value } == 1)
    }

    @Test func `a failure of the work reaches its caller`() async {
        let queue = BlockingQueue(label: "test", isConcurrent: true)
        await #expect(throws: Trouble.self) { try await queue.run { throw Trouble() } }
    }

    private struct Trouble: Error {}

    private final class Counter: Sendable {
        private let number = Mutex(0)
        var value: Int { number.withLock { $0 } }
        func add() { number.withLock { $0 += 1 } }
    }
}
