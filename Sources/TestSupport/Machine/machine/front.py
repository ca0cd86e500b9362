"""The proxy of Coolify, on the machine's ports 80 and 443: the instance by its own name, each application by its
domains, and nobody else.

Certificates are /machine/certificates/NAME.crt and .key; a name without one gets the first there is, as Traefik gives
its own. Without any nobody gets through on 443.
"""

import http.client
import json
import os
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

sys.dont_write_bytecode = True

CERTIFICATES = "/machine/certificates"
ROUTES = "/data/coolify/proxy/dynamic/coolify.yaml"
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length", "server", "date")


def context_for(name):
    names = sorted({file.rsplit(".", 1)[0] for file in os.listdir(CERTIFICATES) if file.endswith(".key")})
    if not names:
        return None
    chosen = name if name in names else names[0]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{CERTIFICATES}/{chosen}.crt", f"{CERTIFICATES}/{chosen}.key")
    return context


def choose(connection, name, _):
    found = context_for(name)
    if found is None:
        return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
    connection.context = found
    return None


class Secure(ThreadingHTTPServer):
    def get_request(self):
        connection, address = super().get_request()
        base = context_for(None) or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        base.sni_callback = choose
        return base.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_):
        """Those who hang up, or trust nobody, are no errors."""


class Front(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    is_secure = False

    def log_message(self, *_):
        pass

    def forward(self):
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        host = (self.headers.get("Host") or "").split(":")[0].lower()
        scheme = "https" if self.is_secure else "http"
        for domain, target in targets():
            parts = urlsplit(domain)
            if parts.hostname != host:
                continue
            if parts.scheme == "https" and not self.is_secure:
                return self.say(302, "", {"Location": f"https://{host}{self.path}"})
            if parts.scheme == scheme:
                return self.pass_on(target, text)
        return self.say(404, "404 page not found\n")

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = forward

    def pass_on(self, target, text):
        if target is None:
            return self.say(503, "no available server\n")
        if isinstance(target, str):
            found = self.path.split("?")[0] in ("/", "/health", "/ready")
            return self.say(200 if found else 404, target)
        try:
            other = http.client.HTTPConnection(*target, timeout=600)
            headers = {**dict(self.headers.items()), "X-Forwarded-Proto": "https" if self.is_secure else "http",
                       "X-Forwarded-For": self.client_address[0]}
            other.request(self.command, self.path, text, headers)
            answer = other.getresponse()
            body = answer.read()
        except OSError:
            return self.say(502, "Bad Gateway\n")
        return self.say(answer.status, body, {
            name: value for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP})

    def say(self, status, body, headers=None):
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


class SecureFront(Front):
    is_secure = True


def targets():
    """(domain, place or what a healthy one says or None for one that does not run)"""
    found = []
    if os.path.exists(ROUTES):
        with open(ROUTES, encoding="utf-8") as file:
            found.append((file.read().strip().removeprefix("# "), ("127.0.0.1", 8000)))
    path = "/machine/coolify/state.json"
    if not os.path.exists(path):
        return found
    with open(path, encoding="utf-8") as file:
        state = json.load(file)
    for one in state["applications"]:
        runs = one["status"] in ("running:healthy", "running:unknown")
        for domain in filter(None, (one["fqdn"] or "").split(",")):
            found.append((domain, (port(one) or "ok\n") if runs else None))
    return found


def port(application):
    """Where a program really runs as this application."""
    path = f"/machine/ports/{application['container']['name']}" if application["container"] else ""
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        host, _, number = file.read().partition(":")
        return host, int(number)


def main():
    plain = ThreadingHTTPServer(("0.0.0.0", 80), Front)
    secure = Secure(("0.0.0.0", 443), SecureFront)
    for server in (plain, secure):
        server.daemon_threads = True
    threading.Thread(target=plain.serve_forever, daemon=True).start()
    secure.serve_forever()


if __name__ == "__main__":
    main()
