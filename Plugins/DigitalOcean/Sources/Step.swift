/// What can be done, by the id of its change.
enum Step: Hashable {
    case tag, key, firewall, project, droplet, dropletTag, power, backups, projectDroplet, reservedIP
    case removeReservedIP, removeDroplet(Int), removeFirewall, removeProject, removeKey, removeTag

    /// Journals hold these words.
    private static let words: [(Step, String)] = [
        (.tag, "tag"), (.key, "key"), (.firewall, "firewall"), (.project, "project"), (.droplet, "droplet"),
        (.dropletTag, "droplet-tag"), (.power, "power"), (.backups, "backups"),
        (.projectDroplet, "project-droplet"), (.reservedIP, "reserved-ip"),
        (.removeReservedIP, "remove-reserved-ip"), (.removeFirewall, "remove-firewall"),
        (.removeProject, "remove-project"), (.removeKey, "remove-key"), (.removeTag, "remove-tag"),
    ]
    private static let removeDroplet = "remove-droplet-"

    /// nil for what this version does not know.
    init?(id: String) {
        if let step = Self.words.first(where: { $0.1 == id })?.0 {
            self = step
        } else if id.hasPrefix(Self.removeDroplet), let number = Int(id.dropFirst(Self.removeDroplet.count)) {
            self = .removeDroplet(number)
        } else {
            return nil
        }
    }

    var id: String {
        if case .removeDroplet(let number) = self { return "\(Self.removeDroplet)\(number)" }
        return Self.words.first { $0.0 == self }?.1 ?? ""
    }
}
