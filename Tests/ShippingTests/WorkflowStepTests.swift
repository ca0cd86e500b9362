import FoundationEssentials
import TestSupport
import Testing

/// The shell of the workflow's steps, run as GitHub runs it, with a docker that writes down what it is told.
struct WorkflowStepTests {
    /// `there` is what the registry has of the commit: a digest, or what docker says instead; `sizes` are in MB, of the
    /// image and of its base.
    private func run(
        _ name: String,
        _ variables: [String: String],
        there: String = "ERROR: ghcr.io/some-body/price-monitor:sha-0123: not found",
        sizes: (image: Int, base: Int) = (0, 0)
    ) async throws -> (Checkout.Finished, output: String) {
        let workflow: Workflow = try await Checkout.yaml(Checkout.text(Workflow.path))
        let script = try #require(workflow.steps.first { $0.name == name }?.run)
        let folder = FileManager.default.temporaryDirectory.path + "/step-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try TextFile.write("", to: "\(folder)/output")
        let docker = """
            #!/bin/sh
            case "$*" in
                "buildx imagetools inspect "*":sha-0123 --format {{.Manifest.Digest}}")
                    case '\(there)' in sha256:*) echo '\(there)' ;; *) echo '\(there)' >&2; exit 1 ;; esac ;;
                "run --rm --user 0 --entrypoint du debian:"*) printf '\(sizes.base)\\t/\\n' ;;
                "run --rm --user 0 --entrypoint du ghcr.io/"*@sha256:*) printf '\(sizes.image)\\t/\\n' ;;
                "buildx imagetools create "*) printf '%s\\n' "$@" >>"$GITHUB_OUTPUT" ;;
                *) echo "unknown: $*" >&2; exit 64 ;;
            esac
            """
        try TextFile.write(docker, to: "\(folder)/docker")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/docker")
        let path = "\(folder):\(ProcessInfo.processInfo.environment["PATH"] ?? "")"
        let finished = try await Checkout.run(
            [
                "env", "--chdir", Checkout.root, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script,
            ],
            [
                "GITHUB_OUTPUT": "\(folder)/output", "PATH": path, "GITHUB_SHA": "0123", "GITHUB_EVENT_NAME": "push",
            ].merging(variables) { $1 }
        )
        return (finished, try TextFile.read("\(folder)/output"))
    }

    @Test func `the image's name has no capitals`() async throws {
        let (finished, output) = try await run("Name the image", ["GITHUB_REPOSITORY": "Some-Body/Price-Monitor"])
        #expect(finished.isSuccess)
        #expect(output == "name=ghcr.io/some-body/price-monitor\n")
    }

    @Test func `each runner says its own digest`() async throws {
        let (finished, output) = try await run("Say the digest", ["ARCH": "arm64", "DIGEST": "sha256:abc"])
        #expect(finished.isSuccess)
        #expect(output == "digest-arm64=sha256:abc\n")
    }

    private static let name = "ghcr.io/some-body/price-monitor"
    private static let built = [
        "NAME": name, "DIGESTS": "sha256:aaa sha256:bbb", "TAGS": "\(name):latest\n\(name):sha-0123",
    ]
    private static let notBuilt = ["NAME": name, "DIGESTS": " ", "TAGS": "\(name):latest\n\(name):sha-0123"]
    private static let publication = "Give the image its tags"

    @Test func `both digests get all tags at once`() async throws {
        let (finished, output) = try await run(Self.publication, Self.built)
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(
            output.split(separator: "\n") == [
                "buildx", "imagetools", "create", "--tag", "\(Self.name):latest", "--tag", "\(Self.name):sha-0123",
                "\(Self.name)@sha256:aaa", "\(Self.name)@sha256:bbb",
            ]
        )
    }

    @Test(arguments: ["sha256:aaa ", " ", " sha256:bbb"])
    func `an image that was not built is no image for all`(digests: String) async throws {
        let variables = ["NAME": Self.name, "DIGESTS": digests, "TAGS": "\(Self.name):latest"]
        let (finished, output) = try await run(Self.publication, variables)
        #expect(!finished.isSuccess)
        #expect(finished.text.contains("of 2 images were built"))
        #expect(output == "")
    }

    // MARK: - A commit that was built before

    @Test(arguments: [built, notBuilt])
    func `from dev to main the image stays the same, whether it was built again or not`(variables: [String: String])
        async throws
    {
        let (finished, output) = try await run(Self.publication, variables, there: "sha256:ccc")
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(
            output.split(separator: "\n") == [
                "buildx", "imagetools", "create", "--tag", "\(Self.name):latest", "\(Self.name)@sha256:ccc",
            ]
        )
    }

    @Test func `what is built anew by hand becomes the branch's, and the commit keeps its own`() async throws {
        let variables = Self.built.merging(["GITHUB_EVENT_NAME": "workflow_dispatch"]) { $1 }
        let (finished, output) = try await run(Self.publication, variables, there: "sha256:ccc")
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(
            output.split(separator: "\n") == [
                "buildx", "imagetools", "create", "--tag", "\(Self.name):latest", "\(Self.name)@sha256:aaa",
                "\(Self.name)@sha256:bbb",
            ]
        )
    }

    @Test func `where the commit has its image and there is no branch's tag, nothing is to be given`() async throws {
        let variables = Self.built.merging(["TAGS": "\(Self.name):sha-0123"]) { $1 }
        let (finished, output) = try await run(Self.publication, variables, there: "sha256:ccc")
        #expect(finished.isSuccess && output == "", "\(finished.text)")
        #expect(finished.text.contains("::notice::There is no tag to give"))
    }

    @Test func `a registry that does not say what it has gets nothing`() async throws {
        let (finished, output) = try await run(Self.publication, Self.built, there: "ERROR: 503 Service Unavailable")
        #expect(!finished.isSuccess && output == "")
        #expect(finished.text.contains("503"))
    }

    @Test(arguments: [
        ("push", "sha256:ccc", "digest=sha256:ccc\n"), ("push", "ERROR: denied", "digest=\n"),
        ("workflow_dispatch", "sha256:ccc", "digest=\n"),
    ])
    func `what a push brings is built once, and what somebody starts is built anew`(
        event: String,
        there: String,
        said: String
    ) async throws {
        let variables = ["NAME": Self.name, "GITHUB_EVENT_NAME": event]
        let (finished, output) = try await run("Look for an image of this commit", variables, there: there)
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(output == said)
    }

    @Test(arguments: [(525, 75, false), (526, 75, true)])
    func `an image that grew beyond its size is warned about`(image: Int, base: Int, isWarned: Bool) async throws {
        let (finished, _) = try await run(
            "Weigh the image",
            ["IMAGE": "\(Self.name)@sha256:aaa"],
            sizes: (image, base)
        )
        #expect(finished.isSuccess, "\(finished.text)")
        #expect(finished.text.contains("The image has \(image - base) MB over the \(base) MB of its base."))
        #expect(finished.text.contains("::warning title=Size::") == isWarned)
    }
}
