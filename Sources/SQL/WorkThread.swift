import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread of one's own for work that blocks: Dispatch has only so many for all who wait, and would let the rest starve.
///
/// Does one piece of work after another; ends with the object, after the work that was given before.
package final class WorkThread: Sendable {
    private let queue = Pieces()

    private final class Pieces: Sendable {
        private struct State {
            var works: [@Sendable () -> Void] = []
            var isStarted = false
        }

        private let state = Mutex(State())
        private let wake = DispatchSemaphore(value: 0)

        /// Whether it is the first.
        func add(_ work: @escaping @Sendable () -> Void) -> Bool {
            defer { wake.signal() }
            return state.withLock { state in
                state.works.append(work)
                defer { state.isStarted = true }
                return !state.isStarted
            }
        }

        /// For the object that goes: lets the thread find nothing to do.
        func end() { wake.signal() }

        func run() {
            while true {
                wake.wait()
                guard let work = state.withLock({ $0.works.isEmpty ? nil : $0.works.removeFirst() }) else { return }
                work()
            }
        }
    }

    package init() {}

    deinit { queue.end() }

    /// The thread begins with the first work.
    package func run(_ work: @escaping @Sendable () -> Void) {
        guard queue.add(work) else { return }
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let failure = pthread_create(&thread, &attributes, runPieces, Unmanaged.passRetained(queue).toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(failure == 0, "The system allows no more threads.")
    }

    fileprivate static func run(_ box: UnsafeMutableRawPointer) {
        Unmanaged<Pieces>.fromOpaque(box).takeRetainedValue().run()
    }
}

private func runPieces(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let box { WorkThread.run(box) }
    return nil
}
