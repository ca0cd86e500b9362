import CPostgres

extension PostgresAddress {
    /// What PostgreSQL's own programs take from their environment, which other users can't see, unlike their arguments.
    ///
    /// Keywords that have no variable – how a dead connection is noticed – are left to these programs.
    package var environment: [String: String] {
        guard let known = PQconndefaults() else { return [:] }
        defer { PQconninfoFree(known) }
        var variables: [String: String] = [:]
        var next = known
        while let keyword = next.pointee.keyword {
            if let variable = next.pointee.envvar { variables[String(cString: keyword)] = String(cString: variable) }
            next += 1
        }
        return Dictionary(
            options.compactMap { option in variables[option.keyword].map { ($0, option.value) } },
            uniquingKeysWith: { _, last in last }
        )
    }
}
