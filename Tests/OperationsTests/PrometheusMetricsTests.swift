import Metrics
import Model
import Testing

@testable import Operations

struct PrometheusMetricsTests {
    private let metrics = PrometheusMetrics()

    private func lines(of name: String) -> [String] {
        metrics.text().split(separator: "\n").map(String.init).filter { $0.contains(name) }
    }

    @Test func `a counter ends in _total once and has its labels in order`() {
        Counter(label: "host_checks", dimensions: [("outcome", "ok"), ("kind", "a")], factory: metrics).increment(by: 2)
        Counter(label: "host_mails_total", factory: metrics).increment()
        #expect(
            lines(of: "host_checks") == [
                "# TYPE host_checks_total counter", #"host_checks_total{kind="a",outcome="ok"} 2"#,
            ]
        )
        #expect(lines(of: "host_mails") == ["# TYPE host_mails_total counter", "host_mails_total 1"])
    }

    @Test func `the same label and dimensions are the same series in any order`() {
        Counter(label: "host_a", dimensions: [("x", "1"), ("y", "2")], factory: metrics).increment()
        Counter(label: "host_a", dimensions: [("y", "2"), ("x", "1")], factory: metrics).increment()
        #expect(lines(of: "host_a{") == [])
        #expect(lines(of: "host_a_total{") == [#"host_a_total{x="1",y="2"} 2"#])
    }

    @Test func `a gauge goes up and down`() {
        let meter = Meter(label: "host_queue_jobs", factory: metrics)
        meter.set(7)
        meter.decrement(by: 2.5)
        Gauge(label: "host_pool_size", factory: metrics).record(3)
        #expect(lines(of: "host_queue_jobs") == ["# TYPE host_queue_jobs gauge", "host_queue_jobs 4.5"])
        #expect(lines(of: "host_pool_size") == ["# TYPE host_pool_size gauge", "host_pool_size 3"])
    }

    @Test func `a timer is a histogram in seconds whose buckets add up`() {
        let timer = Timer(label: "host_fetch_time", dimensions: [("door", "guarded")], factory: metrics)
        timer.recordMilliseconds(30)
        timer.recordMilliseconds(300)
        timer.recordSeconds(60)
        let text = lines(of: "host_fetch_time")
        #expect(text.first == "# TYPE host_fetch_time_seconds histogram")
        #expect(text.contains(#"host_fetch_time_seconds_bucket{door="guarded",le="0.025"} 0"#))
        #expect(text.contains(#"host_fetch_time_seconds_bucket{door="guarded",le="0.05"} 1"#))
        #expect(text.contains(#"host_fetch_time_seconds_bucket{door="guarded",le="30"} 2"#))
        #expect(text.contains(#"host_fetch_time_seconds_bucket{door="guarded",le="+Inf"} 3"#))
        #expect(text.contains(#"host_fetch_time_seconds_sum{door="guarded"} 60.33"#))
        #expect(text.contains(#"host_fetch_time_seconds_count{door="guarded"} 3"#))
    }

    @Test func `a recorder is a histogram when it measures seconds, else a summary`() {
        Recorder(label: "host_wait_seconds", factory: metrics).record(0.2)
        Recorder(label: "host_page_bytes", factory: metrics).record(545_000)
        #expect(lines(of: "host_wait").first == "# TYPE host_wait_seconds histogram")
        #expect(
            lines(of: "host_page")
                == ["# TYPE host_page_bytes summary", "host_page_bytes_sum 545000", "host_page_bytes_count 1"]
        )
    }

    @Test func `a floating-point counter never goes down`() {
        let counter = FloatingPointCounter(label: "host_spent", factory: metrics)
        counter.increment(by: 0.25)
        counter.increment(by: -5)
        #expect(lines(of: "host_spent_total ").last == "host_spent_total 0.25")
    }

    @Test(arguments: [
        (#"a"b"#, #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), ("ä,=}", "ä,=}"),
    ])
    func `label values are escaped`(value: String, written: String) {
        Counter(label: "host_x", dimensions: [("value", value)], factory: metrics).increment()
        #expect(lines(of: "host_x_total{") == ["host_x_total{value=\"\(written)\"} 1"])
    }

    @Test(arguments: [
        ("http.server-requests", "http_server_requests"), ("9lives", "_9lives"), ("a:b", "a:b"), ("", "_"),
    ])
    func `names hold only what Prometheus allows`(label: String, name: String) {
        #expect(MetricName.metric(label, ending: "") == name)
    }

    @Test func `a name that another kind has stays visible under its own name`() {
        Meter(label: "host_both", factory: metrics).set(1)
        Recorder(label: "host_both", factory: metrics).record(5)
        #expect(lines(of: "host_both").contains("host_both 1"))
        #expect(lines(of: "host_both").contains("host_both_summary_sum 5"))
    }

    @Test func `a destroyed series is no longer written`() {
        let counter = Counter(label: "host_gone", factory: metrics)
        counter.destroy()
        #expect(lines(of: "host_gone").isEmpty)
    }

    @Test func `counting from many tasks loses nothing`() async {
        let counter = Counter(label: "host_many", factory: metrics)
        let gauge = Meter(label: "host_sum", factory: metrics)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.increment()
                        gauge.increment(by: 1)
                    }
                }
            }
        }
        #expect(lines(of: "host_many_total ").last == "host_many_total 8000")
        #expect(lines(of: "host_sum ").last == "host_sum 8000")
    }

    @Test func `the process describes itself`() throws {
        let text = PrometheusMetrics(process: ProcessFigures(started: Timestamp(milliseconds: 1_500))).text()
        #expect(text.contains("process_start_time_seconds 1.5\n"))
        let cpu = try #require(value("process_cpu_seconds_total", in: text))
        #expect(cpu > 0)
        #if os(Linux)
            #expect(try #require(value("process_resident_memory_bytes", in: text)) > 1_000_000)
            #expect(try #require(value("process_open_fds", in: text)) >= 3)
        #endif
    }

    private func value(_ name: String, in text: String) -> Double? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) }
    }

    @Test(arguments: [(1.0, "1"), (0.25, "0.25"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf")])
    func `numbers are written as the format wants them`(number: Double, text: String) {
        #expect(MetricName.number(number) == text)
    }
}
