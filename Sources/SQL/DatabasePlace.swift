/// Where an installation keeps its data.
package enum DatabasePlace: Sendable {
    /// A file, absolute or relative to the working folder.
    case sqlite(path: String)
    case postgres(PostgresAddress, PostgresSettings)

    /// What people call it; holds no secret.
    package var name: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let address, _): address.name
        }
    }
}
