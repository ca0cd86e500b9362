package import Hummingbird

/// `/health`, `/ready` and `/metrics`, the same on every role.
package struct OperationsRoutes: Sendable {
    private let heartbeats: Heartbeats
    private let checks: [ReadinessCheck]
    private let metrics: PrometheusMetrics

    /// `checks` are what has to answer, beside the loops, before this process is ready.
    package init(heartbeats: Heartbeats, checks: [ReadinessCheck], metrics: PrometheusMetrics) {
        self.heartbeats = heartbeats
        self.checks = checks
        self.metrics = metrics
    }

    package func add<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/health") { _, _ in health().response }
        router.get("/ready") { _, _ in await ready().response }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text()))
            )
        }
    }

    /// Whether the loops of this process are alive.
    package func health() -> HealthReport {
        HealthReport(
            findings: heartbeats.states().map { state in
                let since = state.sinceBeat.formattedSeconds
                let limit = state.limit.formattedSeconds
                let late = "The loop “\(state.loop)” has not turned for \(since); its limit is \(limit)."
                return HealthReport.Finding(name: state.loop, problem: state.isLate ? late : nil)
            }
        )
    }

    /// Whether the loops are alive and everything this process needs answers.
    package func ready() async -> HealthReport {
        let problems = await withTaskGroup(of: (Int, String?).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await check.problem()) }
            }
            return await group.reduce(into: [Int: String?]()) { $0[$1.0] = $1.1 }
        }
        let answers = checks.enumerated().map { index, check in
            HealthReport.Finding(name: check.name, problem: problems[index] ?? nil)
        }
        return HealthReport(findings: health().findings + answers)
    }
}
