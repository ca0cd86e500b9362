import Testing

@testable import Host

/// The Compose files and `.env.example` hold together, and give away nothing.
struct ComposeTests {
    /// What `.env.example` says.
    private static func example() throws -> [String: String] {
        var values: [String: String] = [:]
        for line in try Checkout.text(".env.example").split(separator: "\n") where !line.hasPrefix("#") {
            let name = line.prefix { $0 != "=" }
            values[String(name)] = String(line.dropFirst(name.count + 1))
        }
        return values
    }

    /// The same with what a person has to fill in.
    private static func filledIn() throws -> [String: String] {
        try example().merging(["POSTGRES_PASSWORD": "p0stgres", "REDIS_PASSWORD": "r3dis"]) { $1 }
    }

    @Test func `what the files ask for is what the example offers`() throws {
        let asked = try Compose.all.reduce(into: Set<String>()) { try $0.formUnion(Compose.variables(in: $1)) }
        #expect(try asked == Set(Self.example().keys))
    }

    @Test func `the example holds no secret`() throws {
        for (name, value) in try Self.example() where name.hasSuffix("PASSWORD") || name.hasSuffix("URL") {
            #expect(value.isEmpty, "\(name)")
        }
        let ignored = try Checkout.text(".gitignore").split(separator: "\n")
        #expect(ignored.contains(".env"))
    }

    @Test(arguments: Compose.all)
    func `each role gets settings that it can read`(path: String) async throws {
        var roles: [Set<Role>] = []
        for (_, service) in try await Compose.read(path).services where service.isProgram {
            let variables = try Self.filledIn()
            let environment = try service.environment.mapValues { try Compose.filled($0, variables) }
            let settings = try Settings(SettingsLoader(environment: environment, readFile: { _ in nil }).load())
            roles.append(settings.roles)
            let isOnServers = path == Compose.servers
            #expect(environment["DATABASE_URL"]?.contains("p0stgres@postgres:5432") ?? false == isOnServers)
            #expect(environment["REDIS_URL"]?.contains(":r3dis@redis:6379") ?? false == isOnServers)
        }
        let wanted: [Set<Role>] = path == Compose.one ? [Set(Role.allCases)] : Role.allCases.map { [$0] }
        #expect(Set(roles) == Set(wanted))
        #expect(roles.count == wanted.count)
    }

    @Test(arguments: ["POSTGRES_PASSWORD", "REDIS_PASSWORD"])
    func `the servers do not start without passwords`(name: String) async throws {
        let texts = try await Compose.read(Compose.servers).services.values.flatMap { $0.environment.values }
        let using = texts.filter { $0.contains("${\(name)") }
        #expect(using.count == 4)
        for text in using {
            let variables = try Self.filledIn().merging([name: ""]) { $1 }
            let problem = #expect(throws: Compose.Unset.self) { try Compose.filled(text, variables) }
            #expect(problem?.message.contains("Set \(name) in .env") == true)
        }
    }

    @Test(arguments: Compose.all)
    func `no container can do more than it needs`(path: String) async throws {
        let compose = try await Compose.read(path)
        for (name, service) in compose.services {
            #expect(service.readOnly == "true", "\(name)")
            #expect(service.capDrop == ["ALL"], "\(name)")
            #expect(service.securityOptions == ["no-new-privileges:true"], "\(name)")
            #expect(service.restart == "unless-stopped", "\(name)")
            #expect(service.memoryLimit != nil, "\(name)")
            #expect(service.tmpfs?.contains("/tmp") == true, "\(name)")
            // Our image says so itself.
            #expect(service.isProgram || service.user != nil, "\(name)")
            #expect(service.isProgram || service.healthcheck != nil, "\(name)")
            #expect(!service.isProgram || service.processLimit != nil, "\(name)")
            #expect(
                service.ports?.allSatisfy { $0.hasPrefix("${PRICE_MONITOR_PUBLISH:-127.0.0.1:") } ?? true,
                "\(name)"
            )
        }
        #expect(compose.services.values.count { $0.ports != nil } == 1)
    }

    @Test(arguments: Compose.all)
    func `what must outlive a container is in a named volume`(path: String) async throws {
        let compose = try await Compose.read(path)
        let bound = compose.services.values.compactMap(\.volumes).joined()
        let used = bound.map { String($0.prefix { $0 != ":" }) }
        #expect(Set(used) == Set(compose.volumes.keys))
        let places = path == Compose.one ? ["/data", "/backups"] : ["/var/lib/postgresql/data", "/data", "/backups"]
        let mounted = bound.map { String($0.drop { $0 != ":" }.dropFirst()) }
        #expect(Set(mounted) == Set(places))
    }

    /// A backup folder in a volume is writable only where the image has one of that name that belongs to its user.
    @Test func `folders of volumes are made in the image`() async throws {
        let making = "install -d -o prices -g prices -m 0700 "
        let run = try #require(try Dockerfile().all(of: "with-browser").first { $0.rest.contains(making) }).rest
        let made = run.suffix(after: making).split(separator: " ")
        for path in Compose.all {
            for service in try await Compose.read(path).services.values where service.isProgram {
                for volume in service.volumes ?? [] {
                    let folder = volume.drop { $0 != ":" }.dropFirst()
                    #expect(made.contains(folder))
                }
            }
        }
    }

    @Test func `a container is given longer to end than the program takes`() async throws {
        for path in Compose.all {
            for service in try await Compose.read(path).services.values where service.isProgram {
                #expect(try #require(Int(service.grace?.dropLast() ?? "")) > 10)
            }
        }
    }

    @Test func `the queue's server throws nothing away and keeps its password to itself`() async throws {
        let services = try await Compose.read(Compose.servers).services
        let redis = try #require(services["redis"])
        let command = try Compose.filled(try #require(redis.command?.last), [:])
        #expect(redis.image == "redis:7-alpine")
        #expect(services["postgres"]?.image == "postgres:15-alpine")
        #expect(command.contains("--maxmemory-policy noeviction"))
        #expect(command.contains("--appendonly yes"))
        // In place of the shell, which would not pass SIGTERM on.
        #expect(command.hasPrefix("exec redis-server "))
        #expect(command.hasSuffix(" - <<END\nrequirepass $REDIS_PASSWORD\nEND\n"))
    }
}

extension String {
    /// What comes after the first `beginning`; nothing where there is none.
    fileprivate func suffix(after beginning: String) -> Substring {
        firstRange(of: beginning).map { self[$0.upperBound...] } ?? ""
    }
}
