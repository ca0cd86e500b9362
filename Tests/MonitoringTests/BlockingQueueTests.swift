import Dispatch
import Synchronization
import Testing

@testable import Monitoring

@Suite(.timeLimit(.minutes(5))) struct BlockingQueueTests {
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

    private final class Counter: Sendable {
        private let number = Mutex(0)
        var value: Int { number.withLock { $0 } }
        func add() { number.withLock { $0 += 1 } }
    }
}
