/// An application that Coolify runs.
package struct CoolifyApplication: Hashable, Sendable {
    package let id: String
    package let name: String
    package let description: String
    package let status: CoolifyStatus
    /// The addresses at which it is reached from outside, separated by commas; empty for none.
    package let domains: String
    /// Every field of it.
    private let fields: CoolifyValue

    init?(_ value: CoolifyValue) {
        guard let id = value["uuid"]?.word else { return nil }
        self.id = id
        name = value["name"]?.word ?? ""
        description = value["description"]?.word ?? ""
        status = CoolifyStatus(value["status"]?.word)
        domains = value["fqdn"]?.word ?? ""
        fields = value
    }

    /// The value of a field by the name under which it is sent; nil where it has none.
    func word(_ field: String) -> String? {
        // What is sent as one thing lies in two tables there, and one field has another name.
        if field == "domains" { return domains.isEmpty ? nil : domains }
        return (fields[field] ?? fields["settings"]?[field])?.word
    }

    /// The image with tag or digest, as Docker writes it.
    package var image: String {
        let name = word("docker_registry_image_name") ?? ""
        return "\(name):\(word("docker_registry_image_tag") ?? "latest")"
    }
}
