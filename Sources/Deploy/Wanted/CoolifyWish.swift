/// Which Coolify, and whose.
package struct CoolifyWish: Hashable, Sendable {
    /// `4.3.10`.
    package var version: String
    /// Where its installer is fetched from.
    package var installer: String
    /// Of the installer, 64 hexadecimal digits.
    package var installerSHA256: String
    /// Whom its first account belongs to; Coolify asks that the name behind the @ can be resolved.
    package var adminEmail: String

    package init(version: String, installer: String, installerSHA256: String, adminEmail: String) {
        self.version = version
        self.installer = installer
        self.installerSHA256 = installerSHA256
        self.adminEmail = adminEmail
    }
}
