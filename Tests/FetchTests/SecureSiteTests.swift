import Model
import PluginAPI
import TestSupport
import Testing

@testable import Fetch

/// A shop's own settings over encrypted connections.
@Suite(.timeLimit(.minutes(20)))
struct SecureSiteTests {
    /// An HTTPS shop called `shop.test`, and a proxy whose every tunnel leads to it; both end with the object.
    private struct SecureShop {
        let child: ChildProcess
        let port: Int
        let proxyPort: Int
        let certificate: String

        init() async throws {
            child = try ChildProcess("/usr/bin/python3", ["-c", Self.script])
            let words = try await child.lines(1)[0].split(separator: " ").map(String.init)
            port = try #require(Int(words[0]))
            proxyPort = try #require(Int(words[1]))
            certificate = words[2]
        }

        /// Answers with what the proxy was asked for, the name in the handshake, `Host`, and `X-Key`; `/to?URL` redirects.
        private static let script = """
            import http.server, os, socket, ssl, subprocess, sys, tempfile, threading
            seen = {"connect": "-", "name": "-"}
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    if self.path.startswith("/to?"):
                        self.send_response(302); self.send_header("Location", self.path[4:])
                        self.send_header("Content-Length", "0"); self.end_headers()
                        return
                    words = [seen["connect"], seen["name"], self.headers["Host"], self.headers["X-Key"] or "-"]
                    body = " ".join(words).encode()
                    self.send_response(200); self.send_header("Content-Length", str(len(body))); self.end_headers()
                    self.wfile.write(body)
                def log_message(self, *arguments): pass
            def pump(source, sink):
                try:
                    while data := source.recv(65536): sink.sendall(data)
                except OSError: pass
                finally:
                    for end in (source, sink):
                        try: end.shutdown(socket.SHUT_RDWR)
                        except OSError: pass
            class Proxy(http.server.BaseHTTPRequestHandler):
                def do_CONNECT(self):
                    seen["connect"] = self.path
                    self.wfile.write(b"HTTP/1.1 200 Established\\r\\n\\r\\n")
                    shop = socket.create_connection(server.server_address)
                    threading.Thread(target=pump, args=(shop, self.connection), daemon=True).start()
                    pump(self.connection, shop)
                def log_message(self, *arguments): pass
            with tempfile.TemporaryDirectory() as folder:
                certificate, key = folder + "/certificate.pem", folder + "/key.pem"
                subprocess.run(
                    ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                     "-subj", "/CN=test", "-addext", "subjectAltName=DNS:shop.test,DNS:localhost", "-keyout", key,
                     "-out", certificate], check=True, stderr=subprocess.DEVNULL)
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(certificate, key)
                context.sni_callback = lambda connection, name, context: seen.update(name=name or "-")
                server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
                server.socket = context.wrap_socket(server.socket, server_side=True)
                proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
                for each in (server, proxy): threading.Thread(target=each.serve_forever, daemon=True).start()
                print(server.server_address[1], proxy.server_address[1], certificate, flush=True)
                sys.stdin.read()
            """
    }

    @Test func `a proxy is asked for the checked address, and the shop by its name`() async throws {
        let shop = try await SecureShop()
        let proxy = try ProxyAddress("http://127.0.0.1:\(shop.proxyPort)")
        let test = TestDoor {
            $0.obeyRobots = false
            $0.proxy = proxy
            $0.trustedCertificates = shop.certificate
        } lookup: { _ in
            [IPAddress([93, 184, 215, 14])]
        }
        #expect(try await test.get("https://shop.test/lamp").text == "93.184.215.14:443 shop.test shop.test -")
        // Who answers at the address must still be who the name says.
        guard case .unreachable(let why) = await test.failure("https://other.test/lamp") else {
            Issue.record("another name was believed")
            return
        }
        #expect(why.hasPrefix("other.test does not prove who it is"))
    }

    @Test func `a shop's keys do not follow a redirect to where others can read them`() async throws {
        let shop = try await SecureShop()
        let plain = try TestServer { .page($0["X-Key"] ?? "no key") }
        let test = TestDoor {
            $0.obeyRobots = false
            $0.trustedCertificates = shop.certificate
            $0.sites["localhost"] = SiteSettings { $0.headers = ["X-Key": "secret"] }
        }
        let base = "https://localhost:\(shop.port)"
        #expect(try await test.get("\(base)/lamp").text.hasSuffix(" secret"))
        #expect(try await test.get("\(base)/to?http://localhost:\(plain.port)/lamp").text == "no key")
        #expect(try await test.get("http://localhost:\(plain.port)/lamp").text == "secret")
    }
}
