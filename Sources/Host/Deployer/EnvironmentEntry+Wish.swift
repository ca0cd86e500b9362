import Deploy

extension EnvironmentEntry {
    /// What is to run on the machine; nil where there is to be a machine and nothing else.
    ///
    /// `value` gives what an environment variable of this machine holds.
    func wish(_ value: (_ variable: String, _ place: String) -> String?) -> EnvironmentWish? {
        guard hasApplications else { return nil }
        let version = coolify.version.isEmpty ? KnownCoolify.newest : coolify.version
        var login: ImageWish.Login?
        if !image.user.isEmpty, let password = value(image.passwordVariable, "image.passwordVariable") {
            login = .init(user: image.user, password: password)
        }
        var variables = variables.mapValues { EnvironmentWish.Variable($0) }
        for (name, holder) in secretVariables.sorted(by: { $0.key < $1.key }) {
            if let secret = value(holder, "secretVariables.\(name)") { variables[name] = .init(secret, isSecret: true) }
        }
        return EnvironmentWish(
            coolify: CoolifyWish(
                version: version,
                installer: coolify.installer.isEmpty ? KnownCoolify.installer(of: version) : coolify.installer,
                installerSHA256: coolify.installerSHA256.isEmpty
                    ? KnownCoolify.installers[version] ?? "" : coolify.installerSHA256,
                adminEmail: coolify.adminEmail
            ),
            image: ImageWish(
                name: image.name,
                tag: tag,
                isPinned: isPinned,
                login: login,
                isPlain: image.isPlain
            ),
            postgres: .postgres.with(postgres),
            redis: .redis.with(redis),
            applications: ApplicationRole.allCases.map { role in
                let memory = applications[role.rawValue]?.memory ?? ""
                return ApplicationWish(role, memory: memory.isEmpty ? nil : memory)
            },
            domain: domain.isEmpty ? nil : domain,
            variables: variables,
            repository: repository.isEmpty ? nil : .init(repository)
        )
    }
}

extension DatabaseWish {
    fileprivate func with(_ limits: EnvironmentEntry.Limits) -> Self {
        Self(
            image: limits.image.isEmpty ? image : limits.image,
            memory: limits.memory.isEmpty ? memory : limits.memory
        )
    }
}
