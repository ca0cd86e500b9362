/// A database that Coolify runs; its id is its host name for what runs beside it.
package struct CoolifyDatabase: Hashable, Sendable {
    package let id: String
    package let name: String
    package let description: String
    package let status: CoolifyStatus
    /// Every field of it.
    let fields: CoolifyValue

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word else { return nil }
        self.id = id
        name = value["name"]?.word ?? ""
        description = value["description"]?.word ?? ""
        status = CoolifyStatus(value["status"]?.word)
        fields = value
    }

    /// `postgres:15-alpine`.
    package var image: String { fields["image"]?.word ?? "" }
    /// With user and password, for what runs beside it; nil where the token may not read secrets.
    var address: String? { fields["internal_db_url"]?.word }
}
