/// Decides for one host name which addresses may be connected.
struct AddressGuard: Hashable, Sendable {
    /// Whether private addresses pass.
    let isOpen: Bool

    /// Nothing is refused.
    static let open = Self(isOpen: true)

    private init(isOpen: Bool) {
        self.isOpen = isOpen
    }

    /// `allowed` are the hosts of `fetch.allowPrivateHosts`: names in lower case, alone or with a port.
    init(host: String, port: Int, allowed: Set<String>) {
        let bracketed = host.contains(":") ? "[\(host)]" : host
        isOpen = [host, bracketed, "\(bracketed):\(port)"].contains { allowed.contains($0) }
    }

    /// nil: it may be connected.
    func refuses(_ address: IPAddress) -> AddressKind? {
        isOpen ? nil : AddressKind(address)
    }
}
