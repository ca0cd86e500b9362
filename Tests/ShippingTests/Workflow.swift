/// A workflow of GitHub Actions, as far as our rules look at it.
/// <https://docs.github.com/actions/reference/workflow-syntax-for-github-actions>
struct Workflow: Decodable {
    static let path = ".github/workflows/build-and-push.yml"

    let on: Triggers
    let permissions: [String: String]
    let concurrency: [String: String]
    let jobs: [String: Job]

    struct Triggers: Decodable {
        /// Every event, whatever stands below it.
        let events: Set<String>
        let push: Push?

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            events = Set(container.allKeys.map(\.stringValue))
            push = try container.decodeIfPresent(Push.self, forKey: Name(stringValue: "push"))
        }
    }

    struct Push: Decodable {
        let branches: [String]
        let paths: [String]?
    }

    struct Job: Decodable {
        /// What has to have ended.
        let needs: Names?
        let condition: String?
        let runner: String
        let container: Container?
        let timeout: String?
        let permissions: [String: String]?
        let outputs: [String: String]?
        let strategy: Strategy?
        let env: [String: String]?
        let steps: [Step]

        private enum CodingKeys: String, CodingKey {
            case needs, container, permissions, outputs, strategy, env, steps
            case condition = "if"
            case runner = "runs-on"
            case timeout = "timeout-minutes"
        }

        /// Whether any step reads a secret of the repository with this name.
        func reads(secret name: String) -> Bool {
            let places = steps.flatMap { Array(($0.env ?? [:]).values) + Array(($0.with ?? [:]).values) }
            return (places + Array((env ?? [:]).values)).contains { $0.contains("secrets.\(name)") }
        }
    }

    /// One name, or a list of them.
    struct Names: Decodable {
        let all: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let name = try? value.decode(String.self) { all = [name] } else { all = try value.decode([String].self) }
        }
    }

    struct Container: Decodable {
        let image: String
        let options: String?

        /// What root may do there besides what Docker lets it do anyway: `SYS_ADMIN`.
        var added: [String] {
            let words = (options ?? "").split(separator: " ").map(String.init)
            return zip(words, words.dropFirst()).filter { $0.0 == "--cap-add" }.map(\.1)
        }
    }

    struct Strategy: Decodable {
        let matrix: Matrix

        struct Matrix: Decodable { let include: [[String: String]] }
    }

    struct Step: Decodable {
        let id: String?
        let name: String?
        let uses: String?
        let run: String?
        let shell: String?
        let with: [String: String]?
        let env: [String: String]?

        /// The action without its version.
        var action: Substring? { uses?.prefix { $0 != "@" } }
    }

    /// All steps of all jobs.
    var steps: [Step] { jobs.sorted { $0.key < $1.key }.flatMap(\.value.steps) }

    /// The job with that step.
    func job(_ name: String) -> Job { jobs[name] ?? Job.missing }

    /// Every job that has to end well before this one begins.
    func jobs(before name: String) -> [String] {
        var found: [String] = []
        var next = job(name).needs?.all ?? []
        while let job = next.popLast() {
            guard !found.contains(job) else { continue }
            found.append(job)
            next += self.job(job).needs?.all ?? []
        }
        return found
    }
}

extension Workflow.Job {
    /// Has nothing that a rule asks for.
    fileprivate static let missing = Self(
        needs: nil,
        condition: nil,
        runner: "",
        container: nil,
        timeout: nil,
        permissions: nil,
        outputs: nil,
        strategy: nil,
        env: nil,
        steps: []
    )

    func step(_ action: String) -> Workflow.Step? { steps.first { $0.action == action[...] } }
}
