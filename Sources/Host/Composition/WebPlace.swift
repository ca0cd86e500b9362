import Web

/// Where people find the web pages.
enum WebPlace {
    /// The address without a slash at its end: the public one, else the one this process listens at.
    ///
    /// Throws when the system chooses the port and it is not known here.
    static func address(_ settings: WebSettings, port: Int? = nil) throws(Failure) -> String {
        if let publicURL = settings.publicURL { return publicURL }
        let port = port ?? settings.port
        guard port != 0 else {
            throw Failure(
                .configuration,
                "web.port is 0, so the system chooses the port and the link's address is not known here. "
                    + "Set web.port or web.publicURL."
            )
        }
        return "http://\(host(settings.address)):\(port)"
    }

    /// The link that creates an account.
    static func setupLink(secret: String, at address: String) -> String { "\(address)/setup/\(secret)" }

    /// An address to call where the server listens at every one.
    static func host(_ address: String) -> String {
        switch address {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: address.contains(":") ? "[\(address)]" : address
        }
    }
}
