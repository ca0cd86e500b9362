import Synchronization

/// Tells open pages that something they show may have changed.
///
/// What happens in this process is only noted; whoever carries the news to this and other processes does so now and then,
/// so that a thousand checks a second are one piece of news.
package final class PageNews: Sendable {
    private struct State {
        var hasChanged = false
        var lastListener = 0
        var listeners: [Int: Listener] = [:]
        var isClosed = false
    }

    struct Listener: Sendable {
        /// Something may have changed.
        let hear: @Sendable () -> Void
        /// There will be no more news.
        let end: @Sendable () -> Void
    }

    private let state = Mutex(State())

    package init() {}

    /// Something that pages show was changed here.
    package func changed() { state.withLock { $0.hasChanged = true } }

    /// Whether something was changed here since the last call.
    package func takeChange() -> Bool {
        state.withLock { state in
            defer { state.hasChanged = false }
            return state.hasChanged
        }
    }

    /// Tells all pages that are open at this process.
    package func tell() {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.hear() }
    }

    /// How many pages listen.
    package var listeners: Int { state.withLock(\.listeners.count) }

    /// Ends all connections of open pages, and lets none begin: the process is about to end.
    package func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.end() }
    }

    /// Tells `listener` until `forget` is called with the number.
    ///
    /// nil where as many listen as may, and at the end.
    func add(_ listener: Listener, upTo limit: Int) -> Int? {
        state.withLock { state in
            guard !state.isClosed, state.listeners.count < limit else { return nil }
            state.lastListener += 1
            state.listeners[state.lastListener] = listener
            return state.lastListener
        }
    }

    func forget(_ listener: Int) { _ = state.withLock { $0.listeners.removeValue(forKey: listener) } }
}
