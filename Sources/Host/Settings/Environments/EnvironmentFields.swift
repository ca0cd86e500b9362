import Deploy
import Model

/// What the file may say of an environment.
enum EnvironmentFields {
    typealias Field = EntryField<EnvironmentEntry>

    static let all: [Field] = [
        .text("provider", \.provider, "a text"),
        .text("sshKey", \.sshKey, "a text"),
        .table("options", "an object with a value for each option of the provider") { entry, name, json in
            switch json {
            case .string, .integer, .number, .bool:
                entry.options[name] = json.written
                return nil
            case .array, .object, .null:
                return "must hold a text, a number, true or false for “\(name.prefix(40))”."
            }
        },
        .table(
            "secrets",
            "an object that names an environment variable for each secret option of the provider",
            shows: shownVariable
        ) { entry, name, json in
            variable(json, for: name, "DIGITALOCEAN_TOKEN", in: &entry.secrets)
        },
        .object("machine", #"{"cpus": 2, "memoryMiB": 4096, "diskGiB": 40}"#, machine),
        .object("coolify", #"{"adminEmail": "anna@example.com"}"#, coolify),
        .object("image", #"{"name": "ghcr.io/anna/price-monitoring-agent"}"#, image),
        .object(
            "databases",
            #"{"postgres": {"memory": "1g"}}"#,
            [
                .object("postgres", #"{"memory": "1g"}"#, limits(\.postgres, "postgres:15-alpine")),
                .object("redis", #"{"memory": "512m"}"#, limits(\.redis, "redis:7-alpine")),
            ]
        ),
        .object("applications", #"{"worker": {"memory": "1g"}}"#, applications),
        .text("domain", \.domain, "a name without https://, such as prices.example.com", isDomain),
        .table("variables", "an object with a text for each environment variable of the applications") {
            entry,
            name,
            json in
            if let problem = problem(ofVariable: name) ?? problem(ofOpen: name, json.written) { return problem }
            switch json {
            case .string, .integer, .number, .bool:
                entry.variables[name] = json.written
                return nil
            case .array, .object, .null: return "must hold a text, a number, true or false for “\(name)”."
            }
        },
        .table(
            "secretVariables",
            "an object that names, for each secret environment variable of the applications, the one that holds it here",
            shows: shownVariable
        ) { entry, name, json in
            if let problem = problem(ofVariable: name) { return problem }
            return variable(json, for: name, "SMTP_PASSWORD", in: &entry.secretVariables)
        },
        .object(
            "github",
            #"{"repository": "anna/price-monitoring-agent"}"#,
            [
                .text("repository", \.repository, "owner/name") {
                    $0.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}/) != nil
                }
            ]
        ),
    ]

    private static let machine: [Field] = [
        .number("cpus", \.cpus, 1...64),
        .number("memoryMiB", \.memoryMiB, 1024...1_048_576),
        .number("diskGiB", \.diskGiB, 10...10_000),
        .text("release", \.release, "a release of Ubuntu, such as “22.04”") {
            $0.wholeMatch(of: /[0-9]{2}\.[0-9]{2}/) != nil
        },
    ]

    // All of these stand in scripts that root runs.
    private static let coolify: [Field] = [
        .text("version", \.coolify.version, "a version, such as “4.3.10”") {
            $0.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+(-[a-z0-9.]+)?/) != nil
        },
        .text("adminEmail", \.coolify.adminEmail, "an address of mail, such as anna@example.com") {
            $0.wholeMatch(of: /[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/) != nil
        },
        .text(
            "installer",
            \.coolify.installer,
            "an address that begins with https:// or, for one on the machine, http://127.0.0.1"
        ) {
            $0.wholeMatch(of: /(https:\/\/|http:\/\/127\.0\.0\.1[:\/])[A-Za-z0-9.:\/_-]+/) != nil
        },
        .text("installerSHA256", \.coolify.installerSHA256, "64 hexadecimal digits in small letters") {
            $0.wholeMatch(of: /[0-9a-f]{64}/) != nil
        },
    ]

    private static let image: [Field] = [
        .text(
            "name",
            \.image.name,
            "an image with its registry, without a tag and without capitals, such as ghcr.io/anna/price-monitoring-agent"
        ) {
            $0.wholeMatch(of: /[a-z0-9.-]*[.a-z0-9]+(:[0-9]+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+/) != nil
                && ($0.prefix { $0 != "/" }.contains(".") || $0.prefix { $0 != "/" }.contains(":"))
        },
        .text("tag", \.image.tag, "a tag, such as “latest”") {
            $0.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}/) != nil
        },
        .flag("pinned") { $0.image.isPinned = $1 },
        .text("user", \.image.user, "a name of the registry") { $0.wholeMatch(of: /[A-Za-z0-9._@-]{1,100}/) != nil },
        .text(
            "passwordVariable",
            \.image.passwordVariable,
            "the name of an environment variable, such as GHCR_TOKEN",
            isVariable
        ),
        .flag("plainHTTP") { $0.image.isPlain = $1 },
    ]

    private static let applications: [Field] = ["web", "worker", "scheduler"].map { role in
        .object(
            role,
            #"{"memory": "1g"}"#,
            [
                Field(
                    name: "memory",
                    expectation: memoryWords,
                    kind: .value { entry, json in
                        guard case .string(let text) = json, isMemory(text) else { return false }
                        entry.applications[role, default: .init()].memory = text
                        return true
                    }
                )
            ]
        )
    }

    private static func limits(
        _ path: any WritableKeyPath<EnvironmentEntry, EnvironmentEntry.Limits> & Sendable,
        _ example: String
    ) -> [Field] {
        [
            Field(
                name: "image",
                expectation: "an image with a tag, such as “\(example)”",
                kind: .value { entry, json in
                    guard case .string(let text) = json,
                        text.wholeMatch(of: /[a-z0-9._\/-]+:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}/) != nil
                    else { return false }
                    entry[keyPath: path].image = text
                    return true
                }
            ),
            Field(
                name: "memory",
                expectation: memoryWords,
                kind: .value { entry, json in
                    guard case .string(let text) = json, isMemory(text) else { return false }
                    entry[keyPath: path].memory = text
                    return true
                }
            ),
        ]
    }

    private static let memoryWords = "an amount of memory as Docker writes it, such as “512m” or “1g”"

    @Sendable private static func isMemory(_ text: String) -> Bool { text.wholeMatch(of: /[1-9][0-9]{0,5}[mg]/) != nil }

    @Sendable private static func isDomain(_ text: String) -> Bool {
        text.count <= 200 && text.wholeMatch(of: /[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)+/) != nil
    }

    @Sendable private static func isVariable(_ name: String) -> Bool {
        name.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]{0,99}/) != nil
    }

    /// Each `HOST_…` variable is a setting of the program, which starts with no other; nil where all is well.
    private static func problem(ofVariable name: String) -> String? {
        guard isVariable(name) else { return "has “\(name.prefix(40))”, which is no name of an environment variable." }
        if let reason = ReservedVariables.reason(name) {
            return "has “\(name)”, which is not yours to set. \(reason) Take it out."
        }
        guard name.hasPrefix("HOST_") else { return nil }
        let secrets = SettingKeys.all.filter(\.isSecret).map { "\($0.environmentName)_FILE" }
        let known = SettingKeys.all.map(\.environmentName) + secrets
        guard !known.contains(name) else { return nil }
        let nearest = NearestKey.nearest(to: name, among: known) ?? ""
        return
            "has “\(name.prefix(60))”, which is no setting, so that no application would start with it. The nearest is "
            + "“\(nearest)”; docs/configuration.md has them all."
    }

    /// What stands under “variables” is printed and sent on by people; nil where the value is for everybody's eyes.
    private static func problem(ofOpen name: String, _ value: String) -> String? {
        let isSecret = SettingKeys.all.contains { $0.isSecret && $0.environmentName == name }
        guard isSecret || value.contains(/:\/\/[^\/@:]*:[^\/@]+@/) else { return nil }
        return
            "has “\(name)”, \(isSecret ? "which is a secret" : "an address with a password in it"), and secrets do not belong "
            + "into the file. Name the environment variable that holds it here: \"secretVariables\": {\"\(name)\": "
            + "\"VARIABLE\"}."
    }

    @Sendable private static func shownVariable(_ json: ConfigJSON) -> String { "variable \(json.written)" }

    private static func variable(
        _ json: ConfigJSON,
        for name: String,
        _ example: String,
        in table: inout [String: String]
    ) -> String? {
        guard case .string(let variable) = json, isVariable(variable) else {
            return
                "must name the environment variable that holds “\(name.prefix(40))”, such as \(example); the secret itself "
                + "does not belong into the file."
        }
        table[name] = variable
        return nil
    }
}
