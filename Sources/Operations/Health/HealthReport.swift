import HTTPTypes
import Hummingbird

/// What was looked at, and what is wrong with it.
package struct HealthReport: Hashable, Sendable {
    package struct Finding: Hashable, Sendable {
        /// A loop, or something that has to answer.
        package let name: String
        /// A sentence; nil when all is well.
        package let problem: String?

        package init(name: String, problem: String?) {
            self.name = name
            self.problem = problem
        }
    }

    package let findings: [Finding]

    package init(findings: [Finding]) {
        self.findings = findings
    }

    package var isFine: Bool { findings.allSatisfy { $0.problem == nil } }

    /// One JSON object: with a problem one of RFC 9457, whose `detail` holds every sentence.
    package var json: JSON {
        let checks = JSON.Member(
            "checks",
            .array(
                findings.map { finding in
                    .object([
                        .init("name", .string(finding.name)),
                        .init("status", .string(finding.problem == nil ? "ok" : "failed")),
                        .init("problem", JSON(finding.problem)),
                    ])
                }
            )
        )
        guard !isFine else { return .object([.init("status", .string("ok")), checks]) }
        return .object([
            .init("type", .string("about:blank")),
            .init("title", .string("Service Unavailable")),
            .init("status", .integer(503)),
            .init("detail", .string(findings.compactMap(\.problem).joined(separator: " "))),
            checks,
        ])
    }

    var response: Response {
        Response(
            status: isFine ? .ok : .serviceUnavailable,
            headers: [
                .contentType: isFine ? "application/json" : "application/problem+json",
                // An old answer says nothing about now.
                .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json.line + "\n"))
        )
    }
}
