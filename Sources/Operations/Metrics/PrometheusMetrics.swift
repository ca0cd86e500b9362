package import CoreMetrics
import Synchronization

/// Keeps what the program counts and measures, and writes it as Prometheus text.
///
/// Installed once with `MetricsSystem.bootstrap`. Asking twice for the same label and dimensions gives the same
/// series; counting and measuring allocate nothing. A timer becomes a histogram in seconds, a recorder whose label ends
/// in `_seconds` too; every other recorder becomes a summary, because nothing here knows its range.
package final class PrometheusMetrics: MetricsFactory {
    private let families = Mutex<[String: Family]>([:])
    private let process: ProcessFigures

    package init(process: ProcessFigures = ProcessFigures()) {
        self.process = process
    }

    private struct Family {
        let kind: Kind
        /// By their labels as text, which is also how they are written: `{outcome="ok"}`.
        var series: [String: any Series] = [:]
    }

    private enum Kind: String {
        case counter, gauge, histogram, summary
    }

    /// Everything in the text format, version 0.0.4, families and series in alphabetical order.
    ///
    /// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>
    package func text() -> String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text += "# TYPE \(name) \(family.kind.rawValue)\n"
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name: name, labels: labels, to: &text)
            }
        }
        return text + process.text()
    }

    /// The series for a name and its labels; made by `make` when there is none yet.
    ///
    /// A name that another kind of metric has already gets the kind as an ending: both stay visible, neither lies.
    private func series<S: Series>(
        _ label: String,
        ending: String,
        _ dimensions: [(String, String)],
        _ kind: Kind,
        _ make: () -> S
    ) -> S {
        let wanted = MetricName.metric(label, ending: ending)
        let labels = MetricName.labels(dimensions)
        return families.withLock { families in
            let isTaken = families[wanted].map { $0.kind != kind } ?? false
            let name = isTaken ? "\(wanted)_\(kind.rawValue)" : wanted
            if let known = families[name]?.series[labels] as? S { return known }
            let made = make()
            families[name, default: Family(kind: kind)].series[labels] = made
            return made
        }
    }

    private func remove(_ handler: AnyObject) {
        families.withLock { families in
            for (name, family) in families {
                let kept = family.series.filter { $0.value !== handler }
                families[name]?.series = kept
                if kept.isEmpty { families[name] = nil }
            }
        }
    }
}

extension PrometheusMetrics {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, ending: "_total", dimensions, .counter) { CounterSeries() }
    }

    package func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        series(label, ending: "_total", dimensions, .counter) { FloatingPointCounterSeries() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, ending: "", dimensions, .gauge) { GaugeSeries() }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return series(label, ending: "", dimensions, .gauge) { GaugeSeries() } }
        guard label.hasSuffix("_seconds") else {
            return series(label, ending: "", dimensions, .summary) { HistogramSeries(bounds: []) }
        }
        return series(label, ending: "", dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, ending: "_seconds", dimensions, .histogram) { HistogramSeries(bounds: HistogramSeries.seconds) }
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
