import Fetch
import FoundationEssentials
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct MultiplexingTests {
    private static let nginx = "/usr/sbin/nginx"

    /// An HTTP/2 server is more than a test wants to write itself.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: nginx), "Debian's nginx speaks HTTP/2; it is not installed")
    )
    func `speaks HTTP/2, many exchanges over few connections`() async throws {
        let server = try ChildProcess("/usr/bin/python3", ["-c", Self.script, Self.nginx])
        let words = try await server.lines(1)[0].split(separator: " ").map(String.init)
        let fetcher = Fetcher {
            $0.trustedCertificates = words[1]
            $0.hostConcurrency = 20
        }
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<300 {
                group.addTask { try await fetcher.get("https://localhost:\(words[0])/\(number)").text }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        // Each answer is protocol, path and the connection's number at the server.
        let parts = answers.map { $0.split(separator: " ") }
        #expect(Set(parts.map { $0[0] }) == ["HTTP/2.0"])
        #expect(Set(parts.map { String($0[1]) }) == Set((0..<300).map { "/\($0)" }))
        #expect(Set(parts.map { $0[2] }).count <= 20)
    }

    private static let script = """
        import ctypes, os, signal, socket, subprocess, sys, tempfile
        with tempfile.TemporaryDirectory() as folder:
            with socket.create_server(("127.0.0.1", 0)) as listener: port = listener.getsockname()[1]
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-subj", "/CN=test", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder + "/key.pem",
                 "-out", folder + "/certificate.pem"], check=True, stderr=subprocess.DEVNULL)
            temporary = "".join(
                f"{name}_temp_path {folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
            with open(folder + "/nginx.conf", "w") as file:
                file.write(f'''
                daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
                events {{}}
                http {{
                    access_log off; {temporary}
                    server {{
                        listen 127.0.0.1:{port} ssl http2;
                        ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
                        location / {{ return 200 "$server_protocol $request_uri $connection"; }}
                    }}
                }}''')
            def die_with_parent(): ctypes.CDLL(None).prctl(1, signal.SIGKILL)
            server = subprocess.Popen(
                [sys.argv[1], "-c", folder + "/nginx.conf", "-e", folder + "/errors"], stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
            while server.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0: break
            print(port, folder + "/certificate.pem", flush=True)
            sys.stdin.read()
            server.kill()
        """
}
