/// The mail server of an installation and the address that its mails come from.
///
/// How a connection is protected follows from the address alone: `smtps://` speaks TLS from the first byte. `smtp://`
/// with a login demands STARTTLS; without a login it encrypts where the server offers that. On a loopback host nothing
/// is demanded and no certificate is checked. So a password never travels in clear to another machine.
package struct MailSettings: Hashable, Sendable {
    /// Who signs in at the server.
    package struct Login: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
        package let user: String
        /// A secret.
        package let password: String

        /// Without the password.
        package var description: String { "\(user):[redacted]" }

        /// Shows nothing.
        package var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// Whether TLS begins with the connection.
    package let isTLS: Bool
    /// A name or an address, an IPv6 address without brackets.
    package let host: String
    package let port: Int
    package let login: Login?
    package let from: MailSender.Address
    /// From the start of the connection until it stands.
    package var connectTimeout: Duration
    /// For one mail from connection to acceptance.
    package var totalTimeout: Duration
    /// A file of PEM certificates that are trusted instead of the system's; nil for the system's.
    package var trustedCertificates: String?

    /// `url` is `smtp://user:password@mail.example.org:587` or `smtps://…`, user and password percent-encoded and
    /// optional, the port too (587, with smtps 465); `from` is `Prices <prices@example.org>` or the address alone.
    ///
    /// Errors name the setting and never the password.
    package init(
        url: String,
        from: String,
        connectTimeout: Duration = .seconds(15),
        totalTimeout: Duration = .seconds(120),
        trustedCertificates: String? = nil
    ) throws(MailSettingsError) {
        let parts = try MailAddressParts(url)
        isTLS = parts.scheme == "smtps"
        host = parts.host
        port = parts.port ?? (isTLS ? 465 : 587)
        login = parts.login
        guard let address = MailSender.Address(from) else {
            throw MailSettingsError(
                key: "smtp.from",
                problem: "is not a mail address; it must look like “Prices <prices@example.org>”"
            )
        }
        self.from = address
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.trustedCertificates = trustedCertificates
    }

    /// Whether the server is this machine.
    package var isLoopback: Bool {
        host == "localhost" || IPAddress(host).flatMap { AddressKind($0) } == .loopback
    }
}

extension MailSettings: CustomStringConvertible, CustomReflectable {
    /// Without the login: `smtp://mail.example.org:587`.
    package var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(isTLS ? "smtps" : "smtp")://\(name):\(port)"
    }

    /// Shows no more than the description does.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Which setting of the mail server is wrong, and how.
package struct MailSettingsError: Error, Hashable, CustomStringConvertible {
    /// Either `smtp.url` or `smtp.from`.
    package let key: String
    /// Completes a sentence that begins with the key; holds no secret.
    package let problem: String

    /// As in `smtp.url names no host.`, a whole sentence.
    package var description: String { "\(key) \(problem)." }
}
