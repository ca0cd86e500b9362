import Logging
import SQL
import TestSupport
import Testing

/// TLS to the server: really there where it was asked for, and refused with words that help where it can't be.
@Suite(.timeLimit(.minutes(20)))
struct PostgresSecureTests {
    private static let host = "db.prices.test"

    @Test(arguments: ["verify-full", "verify-ca", "require", "prefer"])
    func `the session is encrypted`(sslmode: String) async throws {
        try await Self.withSecureServer { server, authority in
            let root = sslmode.hasPrefix("verify") ? authority.root : ""
            let url = server.secureURL(host: Self.host, sslmode: sslmode, root: root)
            let database = PostgresDatabase(try PostgresAddress(url), logger: .quiet)
            let session = try await database.read { connection in
                try connection.row("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            }
            #expect(try session?.int("ssl") == 1)
            #expect(try session?.text("version").hasPrefix("TLSv1.") == true)
            await database.close()
        }
    }

    @Test func `what keeps a connection from being secure is named, with what to do`() async throws {
        try await Self.withSecureServer { server, authority in
            let stranger = try await TestAuthority()
            let start = "connection to server at \"127.0.0.1\", port \(server.port) failed:"
            let expected = [
                (
                    server.secureURL(host: Self.host, sslmode: "verify-full", root: stranger.root),
                    "\(start) SSL error: certificate verify failed. The root in sslrootcert did not sign the server's "
                        + "certificate, or it has run out: set sslrootcert in database.url to the file of the root that did, "
                        + "or renew the certificate."
                ),
                (
                    server.secureURL(host: "other.prices.test", sslmode: "verify-full", root: authority.root),
                    "\(start) server certificate for \"\(Self.host)\" does "
                        + "not match host name \"other.prices.test\". Name the server in database.url as its certificate "
                        + "does, or give it one for this name."
                ),
                (
                    server.secureURL(host: Self.host, sslmode: "verify-full", root: "/nowhere/root.crt"),
                    "\(start) root certificate file \"/nowhere/root.crt\" does not exist. Set sslrootcert in database.url "
                        + "to the file of the root that the server's certificate is signed by."
                ),
            ]
            for (url, words) in expected { try await Self.expectRefusal(of: url, words, hiding: server.secret) }
        }
    }

    @Test func `a server without TLS is not spoken to where TLS was asked for`() async throws {
        try await PrivatePostgres.with { server in
            try await Self.expectRefusal(
                of: server.secureURL(host: Self.host, sslmode: "require"),
                "connection to server at \"127.0.0.1\", port \(server.port) failed: server does not support "
                    + "SSL, but SSL was required. Set TLS up on the server (ssl=on), or do without it by sslmode=disable in "
                    + "database.url.",
                hiding: server.secret
            )
        }
    }

    @Test func `a server that wants TLS or a certificate of ours says so`() async throws {
        try await Self.withSecureServer { server, _ in
            let start = "connection to server at \"127.0.0.1\", port \(server.port) failed: FATAL:  "
            let entry = "no pg_hba.conf entry for host \"127.0.0.1\", user \"prices\", database \"postgres\","
            let expected = [
                (
                    "hostssl all all 127.0.0.1/32 scram-sha-256", "disable",
                    "\(entry) no encryption. Connect with TLS, by sslmode=verify-full and sslrootcert in database.url, or let "
                        + "this user connect from this machine without it in the server's pg_hba.conf."
                ),
                (
                    "hostnossl all all 127.0.0.1/32 scram-sha-256", "require",
                    "\(entry) SSL encryption. Let this user connect from this machine in the server's pg_hba.conf."
                ),
                (
                    "hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca", "require",
                    "connection requires a valid client certificate. Name a certificate and its key in database.url, as "
                        + "sslcert and sslkey."
                ),
            ]
            for (line, sslmode, words) in expected {
                try server.put("\(line)\n", as: "pg_hba.conf")
                try await server.stop()
                try await server.start()
                let url = server.secureURL(host: Self.host, sslmode: sslmode)
                try await Self.expectRefusal(of: url, start + words, hiding: server.secret)
            }
        }
    }

    private static func expectRefusal(of url: String, _ words: String, hiding secret: String) async throws {
        let database = PostgresDatabase(try PostgresAddress(url), logger: .quiet)
        let error = await #expect(throws: SQLError.self) { try await database.probe() }
        #expect(error == .open("The database “\(database.name)” can't be opened: \(words)"))
        #expect(!"\(error as Any)".contains(secret))
        await database.close()
    }

    /// A server whose certificate is made out to `host`.
    private static func withSecureServer(_ body: (PrivatePostgres, TestAuthority) async throws -> Void) async throws {
        let authority = try await TestAuthority()
        let certificate = try await authority.issue(for: host)
        try await PrivatePostgres.with { server in
            try await server.stop()
            try server.put(certificate.text, as: "server.crt")
            try server.put(certificate.key, as: "server.key")
            try server.put(try authority.rootText, as: "root.crt")
            try server.put("ssl=on\nssl_ca_file='root.crt'\n", as: "postgresql.auto.conf")
            try await server.start()
            try await body(server, authority)
        }
    }
}
