import Synchronization

/// Keeps what is found again and again from filling the log.
final class OnceTold: Sendable {
    /// Enough for whatever is broken at one time; then it begins anew.
    private static let most = 1000
    private let told = Mutex<Set<String>>([])

    func once(_ what: String, _ tell: () -> Void) {
        let isNew = told.withLock { told in
            if told.count >= Self.most { told = [] }
            return told.insert(what).inserted
        }
        if isNew { tell() }
    }
}
