/// Whether another image can read the data that one has written.
enum DatabaseUpgrade {
    /// Why a person has to do it; nil where the image can be changed.
    static func problem(_ kind: DatabaseKind, from old: String, to new: String) -> String? {
        let (oldTag, newTag) = (tag(old), tag(new))
        guard let oldMajor = major(oldTag), let newMajor = major(newTag) else {
            return
                "It runs \(old) and should run \(new), and from these names it can't be told whether the one reads the "
                + "other's data. \(remedy(kind, old))"
        }
        switch kind {
        case .postgres where oldMajor != newMajor:
            return "Its data are those of PostgreSQL \(oldMajor), which \(newMajor) can't read. \(remedy(kind, old))"
        case .postgres where isAlpine(oldTag) != isAlpine(newTag):
            // Their C libraries sort texts differently, which breaks indexes silently.
            return "\(old) and \(new) sort texts differently, which would break its indexes. \(remedy(kind, old))"
        case .redis where newMajor < oldMajor:
            return "Its data are those of Redis \(oldMajor), which \(newMajor) can't read. \(remedy(kind, old))"
        default: return nil
        }
    }

    private static func remedy(_ kind: DatabaseKind, _ old: String) -> String {
        "Set its image back to \(old), or make a backup, make a new environment with the other image and restore into it."
    }

    private static func tag(_ image: String) -> String {
        let name = image.split(separator: "/").last ?? ""
        return String(name.split(separator: ":").dropFirst().first ?? "latest")
    }

    private static func major(_ tag: String) -> Int? { Int(tag.prefix { $0.isASCII && $0.isNumber }) }
    private static func isAlpine(_ tag: String) -> Bool { tag.contains("alpine") }
}
