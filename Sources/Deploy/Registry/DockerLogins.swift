import FoundationEssentials

/// The log-ins that a machine keeps for registries, as Docker's `config.json` has them; never printed.
///
/// <https://docs.docker.com/reference/cli/docker/login/#credential-stores>
struct DockerLogins {
    /// What is kept for one registry.
    enum Kept: Hashable {
        case nothing
        case login(ImageWish.Login)
        /// By a program, which Coolify's helper does not have.
        case elsewhere(program: String)
        /// Something else than a user and a password.
        case unknown
    }

    private struct File: Decodable {
        struct Entry: Decodable { let auth: String? }

        let auths: [String: Entry]?
        let credsStore: String?
        let credHelpers: [String: String]?
    }

    private let file: File

    /// The text of the file, empty where there is none; nil for what is no such file.
    init?(_ text: String) {
        let isEmpty = text.allSatisfy(\.isWhitespace)
        guard let read = try? JSONDecoder().decode(File.self, from: Data((isEmpty ? "{}" : text).utf8)) else {
            return nil
        }
        file = read
    }

    func kept(for address: RegistryAddress) -> Kept {
        if let program = file.credHelpers?.first(where: { address.isKey($0.key) })?.value ?? file.credsStore,
            !program.isEmpty
        {
            return .elsewhere(program: program)
        }
        guard let entry = file.auths?.first(where: { address.isKey($0.key) })?.value else { return .nothing }
        guard let auth = entry.auth, let data = Data(base64Encoded: auth) else { return .unknown }
        let parts = String(decoding: data, as: UTF8.self).split(
            separator: ":",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2 else { return .unknown }
        // Docker of old ended the password with zeros.
        let password = parts[1].prefix { $0 != "\0" }
        return .login(ImageWish.Login(user: String(parts[0]), password: String(password)))
    }
}
