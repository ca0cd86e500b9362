import FoundationEssentials
import Testing
import Web

@testable import Host

/// What the image must be like, as far as its Dockerfile tells; scripts/try-image builds and runs it.
struct DockerfileTests {
    private static let targets = ["without-browser", "with-browser"]

    /// The last of an instruction in a target, which is the one that counts.
    private func last(_ word: String, of target: String) throws -> String? {
        try Dockerfile().all(of: target).last { $0.word == word }?.rest
    }

    @Test func `base images are a release, not whatever is newest`() throws {
        #expect(try Dockerfile().images == ["swift:6.3-bookworm", "debian:bookworm-slim"])
    }

    @Test func `the standard target is the one with everything`() throws {
        #expect(try Dockerfile().stages.suffix(2).map(\.name) == Self.targets)
    }

    @Test(arguments: targets)
    func `it does not run as root, by a number`(target: String) throws {
        #expect(try last("USER", of: target) == "10001:10001")
        // Nothing is installed or copied as that user, who may write nothing.
        let words = try Dockerfile().all(of: target).map(\.word)
        #expect(words.last == "USER")
    }

    @Test(arguments: targets)
    func `the program says itself how it is, and an init is above it`(target: String) throws {
        let check = try #require(try last("HEALTHCHECK", of: target))
        #expect(check.hasSuffix(#"CMD ["host", "health"]"#))
        #expect(try last("ENTRYPOINT", of: target) == #"["tini", "--", "host"]"#)
        #expect(try last("CMD", of: target) == #"["run"]"#)
        #expect(try last("VOLUME", of: target) == "/data")
    }

    @Test(arguments: targets)
    func `its settings are known and can be read`(target: String) throws {
        var environment: [String: String] = [:]
        for instruction in try Dockerfile().all(of: target) where instruction.word == "ENV" {
            for word in instruction.rest.split(separator: " ") {
                let name = word.prefix { $0 != "=" }
                environment[String(name)] = String(word.dropFirst(name.count + 1))
            }
        }
        // As Coolify sets them beside ours.
        environment.merge(["PORT": "8080", "HOST": "0.0.0.0", "HOSTNAME": "web-1", "HOST_ROLE": "worker"]) { $1 }
        let settings = try Settings(SettingsLoader(environment: environment, readFile: { _ in nil }).load())
        #expect(settings.web.address == "0.0.0.0")
        #expect(settings.data.folder == "/data")
        #expect(settings.roles == [.worker])
    }

    @Test func `only what is named is copied, and all of it is let through`() throws {
        let dockerfile = try Dockerfile()
        #expect(dockerfile.stages.flatMap(\.instructions).filter { $0.word == "ADD" }.isEmpty)
        // A pattern that matches at most one file: the file may be absent.
        let copied = dockerfile.copied.map { $0.replacing("[d]", with: "d") }
        #expect(copied.count > 5)
        for name in copied {
            #expect(!name.hasPrefix(".") && !name.hasPrefix("/") && !name.contains("*"))
            let isOptional = name == "Package.resolved"
            #expect(isOptional || FileManager.default.fileExists(atPath: Checkout.path(name)), "\(name)")
        }
        let rules = try Checkout.text(".dockerignore").split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(rules.first == "*")
        let letThrough = rules.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
        #expect(Set(letThrough) == Set(copied))
    }

    @Test func `it is built without tests, so it needs none of them`() throws {
        let build = try #require(Dockerfile().stages.first)
        #expect(build.instructions.contains { $0.word == "ENV" && $0.rest == "WITHOUT_TESTS=1" })
        let manifest = try Checkout.text("Package.swift")
        #expect(manifest.contains(#"Context.environment["WITHOUT_TESTS"]"#))
        let rules = try Checkout.text(".dockerignore").split(separator: "\n")
        #expect(rules.contains("Plugins/*/Tests"))
    }

    @Test func `nothing in it is for one processor`() throws {
        let text = try Checkout.text(Dockerfile.path)
        for word in ["x86_64", "amd64", "aarch64", "arm64", "--platform"] { #expect(!text.contains(word)) }
    }
}
