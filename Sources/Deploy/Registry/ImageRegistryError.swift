import PluginAPI

/// Why a registry did not say what an image is.
package enum ImageRegistryError: Error, Hashable, Sendable {
    /// The image has no such tag; which it has, where the registry tells.
    case noTag(there: [String]?)
    /// The registry has no image of that name, or none for everybody to see.
    case noImage
    /// Nobody is let in without a log-in.
    case loginNeeded
    /// The log-in is wrong or has expired.
    case loginRefused
    /// The log-in is right, and may not read this image.
    case loginTooWeak
    /// It was asked too often.
    case tooMany(after: Duration?)
    /// No answer came; a sentence.
    case silent(String)
    /// An answer that makes no sense; completes a sentence that begins with the registry's name.
    case strange(String)

    /// One or more sentences for a person: what is wrong, and what to do.
    package func words(about wish: ImageWish) -> String {
        let registry = wish.registry
        switch self {
        case .noTag(let there):
            let known = there.map { tags in
                tags.isEmpty
                    ? " There is none at all yet."
                    : " There are: \(OneLine.text(tags.prefix(20).joined(separator: ", "), limit: 200))."
            }
            return
                "The tag “\(wish.tag)” does not exist.\(known ?? "") Push an image with it (the pipeline pushes “dev” and "
                + "“latest”), or name another one."
        case .noImage:
            return
                "\(registry) has no image “\(wish.repository)”. Check its name, or push it: the pipeline does that at the "
                + "first push to its branch."
        case .loginNeeded:
            return
                "\(registry) shows it to nobody without a log-in: it is private, or is not there. Name a log-in: "
                + "“image.user” and “image.passwordVariable”. \(Self.token(of: wish))"
        case .loginRefused:
            return
                "\(registry) refuses the log-in of “\(wish.login?.user ?? "")”: the password or token is wrong, or has "
                + "expired. Make a new one, and put it where “image.passwordVariable” says. \(Self.token(of: wish))"
        case .loginTooWeak:
            return
                "\(registry) knows “\(wish.login?.user ?? "")”, but shows this user no image “\(wish.repository)”. "
                + Self.token(of: wish)
        case .tooMany(let after):
            let span = after.map { "Wait \($0.components.seconds) s" } ?? "Wait some minutes"
            return
                "\(registry) was asked too often from here. \(span), and give the command again; with a log-in one may "
                + "ask more often."
        case .silent(let why):
            return why
        case .strange(let what):
            return "\(registry) \(what). Check that the image's name begins with a registry."
        }
    }

    /// Of GitHub's tokens only the older kind reads packages.
    private static func token(of wish: ImageWish) -> String {
        guard wish.registry == "ghcr.io" else { return "Its token or user must be allowed to pull." }
        return
            "It takes a classic personal access token with the scope read:packages (https://github.com/settings/tokens), "
            + "no fine-grained one, of a user who may read the package."
    }
}
