import Model
import PluginAPI

/// What the options say.
struct Choices: Sendable {
    enum ReservedIP: Hashable, Sendable {
        case none
        case new
        case address(String)
    }

    let region: String
    let size: String
    let image: String
    let sshFrom: [String]
    let backups: Bool
    let reservedIP: ReservedIP
    let project: String

    init(_ setup: PluginSetup) throws(SetupError) {
        region = try Self.slug("region", in: setup, such: "syd1")
        size = try Self.slug("size", in: setup, such: "s-2vcpu-4gb")
        image = setup["image"].isEmpty ? "" : try Self.slug("image", in: setup, such: "ubuntu-22-04-x64")
        sshFrom = setup["sshFrom"].split(separator: ",").map { $0.trimmingWhitespace().lowercased() }
        guard !sshFrom.isEmpty, sshFrom.allSatisfy({ InternetAddress.isAddressOrNetwork($0) }) else {
            throw SetupError("sshFrom", "must be addresses or networks such as 203.0.113.7 or 203.0.113.0/24")
        }
        switch setup["backups"] {
        case "yes": backups = true
        case "no": backups = false
        default: throw SetupError("backups", "must be yes or no")
        }
        switch setup["reservedIP"] {
        case "no": reservedIP = .none
        case "new": reservedIP = .new
        case let address where InternetAddress.isIPv4(address): reservedIP = .address(address)
        default: throw SetupError("reservedIP", "must be no, new, or a reserved IP such as 203.0.113.9")
        }
        project = setup["project"]
        guard project.count <= 175, project == OneLine.text(project) else {
            throw SetupError("project", "must be one line of at most 175 characters")
        }
    }

    func image(for request: MachineRequest) -> String {
        image.isEmpty ? "ubuntu-\(request.release.replacing(".", with: "-"))-x64" : image
    }

    /// Lowercase letters, digits and dashes: it stands in addresses.
    private static func slug(_ key: String, in setup: PluginSetup, such example: String) throws(SetupError) -> String {
        let value = setup[key]
        let isSlug = value.utf8.allSatisfy { $0.isASCIIDigit || ($0 >= 0x61 && $0 <= 0x7a) || $0 == 0x2d }
        guard isSlug, value.utf8.count <= 100 else { throw SetupError(key, "must be a name such as \(example)") }
        return value
    }
}

/// Addresses as firewalls write them.
enum InternetAddress {
    static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isASCIIDigit)
                    && Int(part).map { $0 <= 255 } == true
            }
    }

    /// An address, or a network such as 203.0.113.0/24.
    static func isAddressOrNetwork(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first else { return false }
        let isOld = isIPv4(address)
        guard isOld || isIPv6(address) else { return false }
        guard parts.count == 2 else { return true }
        guard parts[1].utf8.allSatisfy(\.isASCIIDigit), let length = Int(parts[1]) else { return false }
        return length <= (isOld ? 32 : 128)
    }

    private static func isIPv6(_ text: some StringProtocol) -> Bool {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count) else { return false }
        let groups = halves.flatMap {
            $0.split(separator: ":", omittingEmptySubsequences: false).filter { !$0.isEmpty }
        }
        let isWhole = halves.allSatisfy { half in
            half.isEmpty || !half.split(separator: ":", omittingEmptySubsequences: false).contains(where: \.isEmpty)
        }
        guard isWhole, halves.count == 2 ? groups.count <= 7 : groups.count == 8 else { return false }
        return groups.allSatisfy { $0.utf8.count <= 4 && $0.allSatisfy(\.isHexDigit) }
    }
}
