import Fetch
import Model
import PluginAPI
import TestSupport
import Testing

@testable import Deploy

/// The real registry of Debian, on this machine.
@Suite(.timeLimit(.minutes(20)), .enabled(RealRegistry.missing) { try await RealRegistry.isThere() })
struct RegistryClientTests {
    private static let images = [
        MadeUpImage(repository: "anna/agent", tag: "latest", platforms: ["linux/amd64", "linux/arm64"]),
        MadeUpImage(repository: "anna/agent", tag: "dev", platforms: ["linux/arm64"], isList: false),
    ]

    /// Lends a client, and a registry with the digests of its tags.
    private func withRegistry(
        _ door: RealRegistry.Door = .everybody,
        _ body: (RegistryClient, RealRegistry, [String: String]) async throws -> Void
    ) async throws {
        let settings = FetchSettings(connectTimeout: .seconds(300), totalTimeout: .seconds(300))
        let fetcher = Fetcher(settings: settings, logger: .quiet)
        do {
            let (registry, digests) = try await RealRegistry.start(door, Self.images, through: fetcher)
            let client = RegistryClient({ try await fetcher.exchange($0, through: .operator) }, clock: ImpatientClock())
            try await body(client, registry, digests)
            await fetcher.close()
        } catch {
            await fetcher.close()
            throw error
        }
    }

    private func wish(
        _ registry: RealRegistry,
        _ image: String = "anna/agent",
        _ tag: String = "latest",
        _ password: String? = nil
    ) -> ImageWish {
        let login = password.map { ImageWish.Login(user: "anna", password: $0) }
        return ImageWish(name: "\(registry.name)/\(image)", tag: tag, login: login, isPlain: true)
    }

    @Test func `a tag is told with its digest and with what it runs on, a list of images or one`() async throws {
        try await withRegistry { client, registry, digests in
            let list = try await client.image(wish(registry))
            #expect(list == RegistryImage(digest: digests["latest"] ?? "", platforms: ["linux/amd64", "linux/arm64"]))
            let one = try await client.image(wish(registry, "anna/agent", "dev"))
            #expect(one == RegistryImage(digest: digests["dev"] ?? "", platforms: ["linux/arm64"]))
            #expect(ImageDigest.isWellFormed(one.digest))
        }
    }

    @Test func `a tag that does not exist is named with those that do, and an image that does not exist is told apart`()
        async throws
    {
        try await withRegistry { client, registry, _ in
            let other = wish(registry, "anna/other")
            let wish = wish(registry, "anna/agent", "lates")
            let error = await #expect(throws: ImageRegistryError.self) { try await client.image(wish) }
            guard case .noTag(let there) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(there?.sorted() == ["dev", "latest"])
            #expect(error?.words(about: wish).contains("The tag “lates” does not exist. There are: ") == true)
            await #expect(throws: ImageRegistryError.noImage) { try await client.image(other) }
        }
    }

    @Test func `a registry with passwords takes the right one and no other`() async throws {
        // bcrypt of “p@ss:word”.
        let users = "anna:$2b$04$abcdefghijklmnopqrstuu2S3.bOEDhecFtOKV69UhK64PtUN1I6G\n"
        try await withRegistry(.password(users)) { client, registry, digests in
            let right = wish(registry, "anna/agent", "latest", "p@ss:word")
            let image = try await client.image(right)
            #expect(image.digest == digests["latest"])
            let wrong = wish(registry, "anna/agent", "latest", "p@ss")
            await #expect(throws: ImageRegistryError.loginRefused) { try await client.image(wrong) }
            await #expect(throws: ImageRegistryError.loginNeeded) { try await client.image(wish(registry)) }
        }
    }

    @Test func `a registry with tokens is asked with one, which strangers get for what is public`() async throws {
        let realm = try await TokenRealm { authorization in
            switch authorization {
            case nil, "Basic YW5uYTpyaWdodA==": ["pull"]
            case "Basic YW5uYTp3ZWFr": []
            default: nil
            }
        }
        let door = RealRegistry.Door.token(realm: realm.url, certificates: try realm.certificates)
        try await withRegistry(door) { client, registry, digests in
            let image = try await client.image(wish(registry))
            #expect(image.digest == digests["latest"])
            let query = "/token?service=registry%20of%20a%20test&scope=repository:anna/agent:pull"
            // One token is enough for all that is asked of one image.
            #expect(realm.targets == [query])
            let login = wish(registry, "anna/agent", "dev", "right")
            let other = try await client.image(login)
            #expect(other.platforms == ["linux/arm64"])
            let weak = wish(registry, "anna/agent", "latest", "weak")
            await #expect(throws: ImageRegistryError.loginTooWeak) { try await client.image(weak) }
            let expired = wish(registry, "anna/agent", "latest", "expired")
            await #expect(throws: ImageRegistryError.loginRefused) { try await client.image(expired) }
        }
    }

    @Test func `an image that is not for strangers asks for a log-in`() async throws {
        let realm = try await TokenRealm { $0 == nil ? [] : ["pull"] }
        let door = RealRegistry.Door.token(realm: realm.url, certificates: try realm.certificates)
        try await withRegistry(door) { client, registry, _ in
            await #expect(throws: ImageRegistryError.loginNeeded) { try await client.image(wish(registry)) }
        }
    }

    @Test func `a registry that is gone is named, with what to do`() async throws {
        let port = try TestServer.freePort()
        let fetcher = Fetcher(logger: .quiet)
        let client = RegistryClient({ try await fetcher.exchange($0, through: .operator) }, clock: ImpatientClock())
        let wish = ImageWish(name: "127.0.0.1:\(port)/anna/agent", tag: "latest", isPlain: true)
        let error = await #expect(throws: ImageRegistryError.self) { try await client.image(wish) }
        #expect(error?.words(about: wish).hasPrefix("127.0.0.1:\(port) refused the connection") == true)
        await fetcher.close()
    }
}
