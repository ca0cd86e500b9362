/// What a tag stands for at one moment.
package struct RegistryImage: Hashable, Sendable {
    /// `sha256:` and 64 hexadecimal digits.
    package let digest: String
    /// What it runs on, as Docker writes it: `linux/amd64`, `linux/arm/v7`; empty where nobody says.
    package let platforms: [String]

    package init(digest: String, platforms: [String]) {
        self.digest = digest
        self.platforms = platforms
    }

    /// Whether a machine runs it; `machine` as `uname -m` says: `x86_64`.
    ///
    /// Nothing is said against a kind that is not known here.
    package func runs(on machine: String) -> Bool {
        guard let architecture = Self.architecture(of: machine), !platforms.isEmpty else { return true }
        return platforms.contains { platform in
            let parts = platform.split(separator: "/")
            return parts.count > 1 && parts[0] == "linux" && parts[1] == architecture
        }
    }

    /// As Docker names it; nil for a kind that is not known here.
    package static func architecture(of machine: String) -> String? {
        switch machine {
        case "x86_64", "amd64": "amd64"
        case "aarch64", "arm64": "arm64"
        case "armv7l", "armv6l": "arm"
        case "i386", "i686": "386"
        case "ppc64le", "s390x", "riscv64": machine
        default: nil
        }
    }
}
