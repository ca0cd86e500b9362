import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread that does one piece of work again and again, whatever the rest of the process does.
///
/// The asynchronous parts of the work run on this thread too, so that tasks which keep every thread of the cooperative
/// pool busy can't hold it up.
final class OwnThread: TaskExecutor {
    private struct State {
        var pieces: [UnownedJob] = []
        var isWorking = false
        var isStopped = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)
    private let interval: Duration
    private let work: @Sendable () async -> Void

    /// Does the work for the first time after one `interval`.
    init(every interval: Duration, work: @escaping @Sendable () async -> Void) {
        self.interval = interval
        self.work = work
    }

    /// Begins; the thread keeps itself alive until `stop`.
    func start() {
        let box = Unmanaged.passRetained(self)
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let failure = pthread_create(&thread, &attributes, runOwnThread, box.toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(failure == 0, "The system allows no more threads.")
    }

    /// Ends the thread when a piece of work that has begun is done.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let piece = UnownedJob(job)
        state.withLock { $0.pieces.append(piece) }
        wake.signal()
    }

    fileprivate func run() {
        var due = ContinuousClock.now + interval
        while true {
            let rest = max(due - .now, .zero)
            _ = wake.wait(timeout: .now() + .milliseconds(Int(rest / .milliseconds(1))))
            while let piece = state.withLock({ $0.pieces.isEmpty ? nil : $0.pieces.removeFirst() }) {
                piece.runSynchronously(on: asUnownedTaskExecutor())
            }
            let (isWorking, isStopped) = state.withLock { ($0.isWorking, $0.isStopped) }
            if isStopped && !isWorking { return }
            guard .now >= due, !isStopped else { continue }
            due = .now + interval
            if !isWorking { begin() }
        }
    }

    private func begin() {
        state.withLock { $0.isWorking = true }
        // Owned by the thread, which does not end before this task.
        Task(executorPreference: self) {
            await self.work()
            self.state.withLock { $0.isWorking = false }
            self.wake.signal()
        }
    }
}

private func runOwnThread(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let box else { return nil }
    Unmanaged<OwnThread>.fromOpaque(box).takeRetainedValue().run()
    return nil
}
