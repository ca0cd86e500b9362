import Fetch
import FoundationEssentials
import Model
import PluginAPI
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct CertificateTests {
    /// An HTTPS server with a certificate made by openssl for `name`; it ends with the object.
    private struct SecureServer {
        let child: ChildProcess
        let port: Int
        let certificate: String

        init(name: String) async throws {
            child = try ChildProcess("/usr/bin/python3", ["-c", Self.script, name])
            let words = try await child.lines(1)[0].split(separator: " ").map(String.init)
            port = try #require(Int(words[0]))
            certificate = words[1]
        }

        private static let script = """
            import http.server, os, ssl, subprocess, sys, tempfile, threading
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(200); self.send_header("Content-Length", "6"); self.end_headers()
                    self.wfile.write(b"secure")
                def log_message(self, *arguments): pass
            with tempfile.TemporaryDirectory() as folder:
                certificate, key = folder + "/certificate.pem", folder + "/key.pem"
                subprocess.run(
                    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-subj", "/CN=test", "-addext", "subjectAltName=DNS:" + sys.argv[1], "-keyout", key,
                     "-out", certificate], check=True, stderr=subprocess.DEVNULL)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate, key)
                server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
                server.socket = context.wrap_socket(server.socket, server_side=True)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                print(server.server_address[1], certificate, flush=True)
                sys.stdin.read()
            """
    }

    @Test func `believes a certificate that it trusts and that names the host`() async throws {
        let server = try await SecureServer(name: "localhost")
        let fetcher = Fetcher { $0.trustedCertificates = server.certificate }
        #expect(try await fetcher.get("https://localhost:\(server.port)/").text == "secure")
    }

    @Test func `does not believe a certificate that nobody has signed`() async throws {
        let server = try await SecureServer(name: "localhost")
        let error = await Fetcher().failure("https://localhost:\(server.port)/")
        let sentence =
            "localhost:\(server.port) does not prove who it is: SSL certificate problem: self-signed certificate. Check "
            + "the address; if it is right, its owner has to repair the certificate."
        #expect(error == .unreachable(sentence))
    }

    @Test func `does not believe a certificate for another host`() async throws {
        let server = try await SecureServer(name: "shop.example")
        let fetcher = Fetcher { $0.trustedCertificates = server.certificate }
        guard case .unreachable(let sentence) = await fetcher.failure("https://localhost:\(server.port)/") else {
            Issue.record("the certificate was believed")
            return
        }
        #expect(sentence.contains("does not prove who it is: SSL: no alternative certificate subject name matches"))
    }

    @Test func `says so where the server does not speak TLS`() async throws {
        let sink = try await SMTPSink()
        guard case .unreachable(let sentence) = await Fetcher().failure("https://127.0.0.1:\(sink.port)/") else {
            Issue.record("the exchange did not fail as unreachable")
            return
        }
        #expect(sentence.hasSuffix("Check whether the address should begin with http://."))
    }
}
