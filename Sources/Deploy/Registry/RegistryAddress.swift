/// Where an image's registry answers.
struct RegistryAddress: Hashable, Sendable {
    private let wish: ImageWish

    init(_ wish: ImageWish) { self.wish = wish }

    /// Docker's own registry answers under another name than the one it is known by.
    private var isDockerHub: Bool { wish.registry == "docker.io" }

    /// `ghcr.io`; what `docker login` is told.
    var name: String { wish.registry }

    /// What the registry knows the image by.
    var repository: String {
        isDockerHub && !wish.repository.contains("/") ? "library/\(wish.repository)" : wish.repository
    }

    /// `https://ghcr.io`, without a slash at the end.
    var url: String {
        if isDockerHub { return "https://registry-1.docker.io" }
        return "\(wish.isPlain ? "http" : "https")://\(wish.registry)"
    }

    /// What a log-in is kept under on a machine, in the ways in which Docker's versions write it.
    func isKey(_ key: String) -> Bool {
        let start = ["https://", "http://"].first { key.hasPrefix($0) } ?? ""
        let host = key.dropFirst(start.count).prefix { $0 != "/" }.lowercased()
        return host == name || isDockerHub && (host == "index.docker.io" || host == "registry-1.docker.io")
    }
}
