/// The tokens that the deployer gives itself and the pipeline, by the names they have in Coolify.
enum CoolifyToken: String, CaseIterable, Sendable {
    /// May do everything.
    case deployer = "pma-deployer"
    /// May deploy and do nothing else, so that it can be lent to the pipeline.
    case pipeline = "pma-pipeline"

    /// As Coolify's database has it.
    var abilities: String {
        switch self {
        case .deployer: #"["root"]"#
        case .pipeline: #"["deploy"]"#
        }
    }

    func text(of secrets: GeneratedSecrets) -> String {
        switch self {
        case .deployer: secrets.coolifyToken
        case .pipeline: secrets.deployToken
        }
    }
}
