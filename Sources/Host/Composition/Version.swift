import FoundationEssentials

/// Which program this is.
enum Version {
    static let text = "0.1.0"

    /// Differs from build to build: the version, with the size and the time of the running file where the system says.
    static let build: String = {
        let files = FileManager.default
        // Where there is no `/proc`, or the file was replaced while it runs, the version must do.
        guard let path = try? files.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let facts = try? files.attributesOfItem(atPath: path), let size = facts[.size],
            let time = facts[.modificationDate] as? Date
        else { return text }
        return "\(text) \(size) \(Int(time.timeIntervalSince1970))"
    }()
}
