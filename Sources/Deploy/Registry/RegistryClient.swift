import Crypto
import FoundationEssentials
import Model
package import PluginAPI

/// Asks registries what images are. <https://distribution.github.io/distribution/spec/api/>
package struct RegistryClient: Sendable {
    private let exchange: HTTPExchange
    private let clock: any Clock<Duration>

    /// `clock` is what waiting goes by, between two attempts.
    package init(_ exchange: @escaping HTTPExchange, clock: any Clock<Duration> = .continuous) {
        self.exchange = exchange
        self.clock = clock
    }

    /// What the tag of the wish stands for at this moment.
    ///
    /// Throws `ImageRegistryError`, or `CancellationError`.
    package func image(_ wish: ImageWish) async throws -> RegistryImage {
        var talk = RegistryConversation(wish, exchange, clock)
        let response = try await talk.get("/manifests/\(wish.tag)", accept: RegistryManifest.types)
        guard response.status == 200 else { throw try await absence(response, &talk) }
        let digest = try Self.digest(of: response)
        guard let manifest = RegistryManifest(response.body) else {
            throw ImageRegistryError.strange("describes the tag “\(wish.tag)” in a way that is not known here")
        }
        if let several = manifest.manifests {
            return RegistryImage(digest: digest, platforms: several.compactMap { $0.platform?.text })
        }
        return RegistryImage(digest: digest, platforms: try await platforms(manifest, &talk))
    }

    /// What is missing: the tag, or the whole image.
    private func absence(_ response: HTTPResponse, _ talk: inout RegistryConversation) async throws
        -> ImageRegistryError
    {
        if Self.codes(in: response).contains("NAME_UNKNOWN") { return .noImage }
        do {
            let list = try await talk.get("/tags/list?n=100")
            if list.status == 404 { return .noImage }
            struct Tags: Decodable { let tags: [String]? }
            guard let read = try? JSONDecoder().decode(Tags.self, from: Data(list.body)) else {
                return .noTag(there: nil)
            }
            return .noTag(there: read.tags ?? [])
        } catch is ImageRegistryError {
            // That the tag is missing is known, and not every registry shows its tags.
            return .noTag(there: nil)
        }
    }

    /// An image of one kind of machine says which in another place.
    private func platforms(
        _ manifest: RegistryManifest,
        _ talk: inout RegistryConversation
    ) async throws -> [String] {
        guard let config = manifest.config?.digest, ImageDigest.isWellFormed(config) else { return [] }
        let response = try await talk.get("/blobs/\(config)")
        guard response.status == 200 else { return [] }
        let platform = try? JSONDecoder().decode(RegistryManifest.Platform.self, from: Data(response.body))
        return (platform?.text).map { [$0] } ?? []
    }

    /// Counted out, and compared with what the registry says: a machine in between that changes what it passes on would
    /// be seen.
    private static func digest(of response: HTTPResponse) throws -> String {
        let hash = SHA256.hash(data: Data(response.body))
        let digest = "sha256:" + hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        if let said = response.headers["Docker-Content-Digest"], said.hasPrefix("sha256:"), said != digest {
            throw ImageRegistryError.strange("gave a description whose digest is not the one that it names")
        }
        return digest
    }

    private static func codes(in response: HTTPResponse) -> [String] {
        struct Answer: Decodable {
            struct Entry: Decodable { let code: String? }
            let errors: [Entry]
        }
        let answer = try? JSONDecoder().decode(Answer.self, from: Data(response.body))
        return answer?.errors.compactMap(\.code) ?? []
    }
}
