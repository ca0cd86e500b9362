import Dispatch
import Synchronization

/// Lets closures on different threads wait for each other's steps.
final class Turns: Sendable {
    private let semaphores = Mutex<[String: DispatchSemaphore]>([:])

    func reached(_ step: String) {
        semaphore(step).signal()
    }

    /// Blocks the thread; one wait for each `reached`.
    func wait(for step: String) {
        semaphore(step).wait()
    }

    func asyncWait(for step: String) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                wait(for: step)
                continuation.resume()
            }
        }
    }

    private func semaphore(_ step: String) -> DispatchSemaphore {
        semaphores.withLock { semaphores in
            if let found = semaphores[step] { return found }
            let made = DispatchSemaphore(value: 0)
            semaphores[step] = made
            return made
        }
    }
}
