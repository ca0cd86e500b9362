import CoreMetrics
import Synchronization

/// One line, or one block of lines, of the text.
protocol Series: AnyObject, Sendable {
    func write(name: String, labels: String, to text: inout String)
}

/// Only ever grows, by whole numbers.
final class CounterSeries: Series, CounterHandler {
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }

    func write(name: String, labels: String, to text: inout String) {
        text += "\(name)\(labels) \(count.load(ordering: .relaxed))\n"
    }
}

/// Only ever grows, by fractions.
final class FloatingPointCounterSeries: Series, FloatingPointCounterHandler {
    private let count = AtomicDouble()

    func increment(by amount: Double) {
        guard amount > 0 else { return }
        count.update { $0 + amount }
    }

    func reset() {
        count.update { _ in 0 }
    }

    func write(name: String, labels: String, to text: inout String) {
        text += "\(name)\(labels) \(MetricName.number(count.value))\n"
    }
}

/// Goes up and down.
final class GaugeSeries: Series, MeterHandler, RecorderHandler {
    private let current = AtomicDouble()

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.update { _ in value } }
    func increment(by amount: Double) { current.update { $0 + amount } }
    func decrement(by amount: Double) { current.update { $0 - amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func write(name: String, labels: String, to text: inout String) {
        text += "\(name)\(labels) \(MetricName.number(current.value))\n"
    }
}

/// How often values lay below each of some bounds, their number and their sum.
///
/// Without bounds it is a summary.
final class HistogramSeries: Series, TimerHandler, RecorderHandler {
    /// From the fastest page out of memory to a check that runs into its time limit.
    static let seconds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private let bounds: [Double]
    private let figures: Mutex<Figures>

    private struct Figures {
        /// How many values lie at or below each bound and above the one before.
        var buckets: [Int]
        var count = 0
        var sum = 0.0
    }

    /// `bounds` ascend.
    init(bounds: [Double]) {
        self.bounds = bounds
        figures = Mutex(Figures(buckets: [Int](repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 }
        figures.withLock { figures in
            if let bucket { figures.buckets[bucket] += 1 }
            figures.count += 1
            figures.sum += value
        }
    }

    func write(name: String, labels: String, to text: inout String) {
        let figures = figures.withLock { $0 }
        var below = 0
        for (bound, count) in zip(bounds, figures.buckets) {
            below += count
            text += "\(name)_bucket\(MetricName.adding("le", MetricName.number(bound), to: labels)) \(below)\n"
        }
        if !bounds.isEmpty {
            text += "\(name)_bucket\(MetricName.adding("le", "+Inf", to: labels)) \(figures.count)\n"
        }
        text += "\(name)_sum\(labels) \(MetricName.number(figures.sum))\n"
        text += "\(name)_count\(labels) \(figures.count)\n"
    }
}

/// A number that many threads change without a lock.
private final class AtomicDouble: Sendable {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func update(_ change: (Double) -> Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = change(Double(bitPattern: old)).bitPattern
            let (done, seen) = bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if done { return }
            old = seen
        }
    }
}
