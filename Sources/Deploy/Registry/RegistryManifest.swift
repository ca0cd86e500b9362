import FoundationEssentials

/// What a registry says of an image: of one kind of machine, or of several.
///
/// <https://github.com/opencontainers/image-spec/blob/main/image-index.md> and
/// <https://github.com/opencontainers/image-spec/blob/main/manifest.md>
struct RegistryManifest: Decodable {
    struct Platform: Decodable {
        let os: String?
        let architecture: String?
        let variant: String?

        /// `linux/amd64`; nil for what is no image, such as a statement on how one was built.
        var text: String? {
            guard let os, let architecture, os != "unknown", architecture != "unknown" else { return nil }
            return [os, architecture, variant].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "/")
        }
    }

    struct Entry: Decodable { let platform: Platform? }
    struct Config: Decodable { let digest: String }

    /// Both OCI's and Docker's own, of one image and of several.
    static let types = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]

    /// Of several images.
    let manifests: [Entry]?
    /// Of one image: where it is said what it runs on.
    let config: Config?

    /// nil for anything else.
    init?(_ body: [UInt8]) {
        guard let read = try? JSONDecoder().decode(Self.self, from: Data(body)),
            read.manifests != nil || read.config != nil
        else { return nil }
        self = read
    }
}

/// Whether a text from outside may stand in an address: `sha256:` and 64 hexadecimal digits.
enum ImageDigest {
    static func isWellFormed(_ text: some StringProtocol) -> Bool {
        text.hasPrefix("sha256:") && text.utf8.count == 71
            && text.dropFirst(7).allSatisfy { $0.isASCII && $0.isHexDigit && !$0.isUppercase }
    }
}
