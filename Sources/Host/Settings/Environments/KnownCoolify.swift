/// The versions of Coolify that this version of the program was checked with.
enum KnownCoolify {
    static let newest = "4.3.10"

    /// The SHA-256 of `scripts/install.sh` in Coolify's repository at each version's tag.
    static let installers = ["4.3.10": "8ef02dce49339208f5abc247bff0277c73d04538d7a36dcfd21331e314e0f2cd"]

    static func installer(of version: String) -> String {
        "https://raw.githubusercontent.com/coollabsio/coolify/v\(version)/scripts/install.sh"
    }
}
