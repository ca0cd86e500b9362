/// An image as Coolify has it, in two fields.
struct ApplicationImage: Hashable, Sendable {
    /// `ghcr.io/anna/prices`, with `@sha256` at its end where the tag is a digest.
    let name: String
    /// `latest`, or the 64 digits of a digest.
    let tag: String

    /// `digest` is `sha256:…`; nil where the image has to be pinned and nobody knows to what.
    init?(_ wish: ImageWish, digest: String?) {
        guard wish.isPinned else {
            self.init(name: wish.name, tag: wish.tag)
            return
        }
        guard let digits = Self.digits(digest) else { return nil }
        self.init(wish, digits: digits)
    }

    /// Pinned to a digest of 64 digits.
    init(_ wish: ImageWish, digits: String) { self.init(name: "\(wish.name)@sha256", tag: digits) }

    private init(name: String, tag: String) {
        self.name = name
        self.tag = tag
    }

    var fields: [String: CoolifyValue] {
        ["docker_registry_image_name": .text(name), "docker_registry_image_tag": .text(tag)]
    }

    /// The 64 digits of `sha256:…`.
    static func digits(_ digest: String?) -> String? {
        guard let digest, digest.hasPrefix("sha256:"), digest.utf8.count == 71 else { return nil }
        return String(digest.dropFirst(7))
    }

    /// For people: `sha256:0011aabbccdd`.
    static func short(_ digits: String) -> String { "sha256:\(digits.prefix(12))" }
}
