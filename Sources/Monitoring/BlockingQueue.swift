import Dispatch

/// Threads for work that takes long without waiting, so that the cooperative pool stays free to answer.
struct BlockingQueue: Sendable {
    private let queue: DispatchQueue

    /// A concurrent one runs as many pieces at once as there are cores.
    init(label: String, isConcurrent: Bool) {
        queue = DispatchQueue(label: label, qos: .utility, attributes: isConcurrent ? .concurrent : [])
    }

    func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
