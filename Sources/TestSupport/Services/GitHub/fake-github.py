#!/usr/bin/python3
"""GitHub's REST API for the secrets of repositories, for tests: fake-github.py FOLDER

A proxy on 127.0.0.1 that opens tunnels to api.github.com alone, and is api.github.com itself at the other end, by the
certificate FOLDER/server.crt and its key. What it remembers is in FOLDER/state.json. It refuses unknown and missing fields,
and opens the sealed boxes, which shows that a value is the right one. Prints its port, and ends with its standard input.
<https://docs.github.com/en/rest/actions/secrets>
"""

import base64
import binascii
import json
import os
import re
import socketserver
import ssl
import sys
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

FOLDER = sys.argv[1]
HOST = "api.github.com"
DOCUMENTATION = "https://docs.github.com/rest/actions/secrets"
NAME = re.compile(r"(?!GITHUB_)[A-Za-z_][A-Za-z0-9_]*")
LOCK = threading.Lock()
# The begin of its time; every change takes a second.
BEGIN = datetime(2026, 12, 1, tzinfo=timezone.utc)


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.message = status, message


def load():
    with open(os.path.join(FOLDER, "state.json"), encoding="utf-8") as file:
        return json.load(file)


def store(state):
    path = os.path.join(FOLDER, "state.json")
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file)
    os.replace(path + ".new", path)


def repository(state, full_name, account, right):
    """A repository is hidden from those who may not read it, and shown to those who may not change it."""
    for name, found in state["repositories"].items():
        if name.lower() == full_name.lower() and account["rights"].get(name):
            if right == "admin" and account["rights"][name] != "admin":
                raise Refusal(403, "Resource not accessible by personal access token")
            return found
    raise Refusal(404, "Not Found")


def shown(secret):
    return {"name": secret["name"], "created_at": secret["created"], "updated_at": secret["updated"]}


def list_secrets(_, found, query):
    for key, values in query.items():
        if key not in ("per_page", "page") or not values[0].isdigit() or not 1 <= int(values[0]) <= 100:
            raise Refusal(422, f"Invalid parameter {key}")
    size, page = (int(query.get(key, [normal])[0]) for key, normal in (("per_page", "30"), ("page", "1")))
    rows = [shown(secret) for _, secret in sorted(found["secrets"].items())]
    return 200, {"total_count": len(rows), "secrets": rows[(page - 1) * size:page * size]}


def public_key(_, found, __):
    key = PrivateKey(base64.b64decode(found["key"])).public_key
    return 200, {"key_id": found["keyID"], "key": base64.b64encode(bytes(key)).decode()}


def opened(found, body):
    """What is in the box that was sent."""
    try:
        sent = json.loads(body)
    except ValueError:
        raise Refusal(400, "Problems parsing JSON") from None
    if not isinstance(sent, dict) or set(sent) != {"encrypted_value", "key_id"}:
        raise Refusal(422, "Invalid request.\n\nOnly encrypted_value and key_id are taken, and both are needed.")
    if sent["key_id"] != found["keyID"]:
        raise Refusal(422, "The key_id is not that of the repository's public key.")
    try:
        box = base64.b64decode(sent["encrypted_value"], validate=True)
        value = SealedBox(PrivateKey(base64.b64decode(found["key"]))).decrypt(box)
        if len(value) > 48 * 1024:
            raise Refusal(422, "The value is longer than 48 KB.")
        return value.decode()
    except (CryptoError, ValueError, TypeError, binascii.Error):
        raise Refusal(422, "The encrypted_value is no sealed box for the repository's public key.") from None


def put_secret(state, found, name, body):
    if not NAME.fullmatch(name):
        raise Refusal(422, "Secret names can only contain letters, digits and _, and do not begin with GITHUB_.")
    value = opened(found, body)
    name = name.upper()
    state["seconds"] += 1
    now = (BEGIN + timedelta(seconds=state["seconds"])).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = found["secrets"].get(name)
    found["secrets"][name] = {"name": name, "value": value, "created": old["created"] if old else now, "updated": now}
    return (204, None) if old else (201, {})


def delete_secret(_, found, name):
    if found["secrets"].pop(name.upper(), None) is None:
        raise Refusal(404, "Not Found")
    return 204, None


def reply(state, method, target, headers, body):
    """The answer to one request: a status, and what is sent as JSON."""
    for trouble in state["troubles"]:
        if trouble["method"] in (method, "*") and trouble["times"] > 0:
            trouble["times"] -= 1
            raise Refusal(trouble["status"], trouble["message"])
    found = re.fullmatch(r"(?:token|[Bb]earer) (\S+)", headers.get("Authorization", ""))
    if not found:
        raise Refusal(401, "Requires authentication")
    account = state["accounts"].get(found[1])
    if account is None:
        raise Refusal(401, "Bad credentials")
    parts = urlsplit(target)
    place = re.fullmatch(r"/repos/([^/]+/[^/]+)/actions/secrets(?:/([^/]+))?", parts.path)
    if not place:
        raise Refusal(404, "Not Found")
    full_name, name = place[1], place[2]
    query = parse_qs(parts.query, keep_blank_values=True)
    if query and (method, name) != ("GET", None):
        raise Refusal(422, "This address takes no parameters.")
    if body and method != "PUT":
        raise Refusal(400, "A body is taken by PUT alone.")
    found = repository(state, full_name, account, "admin" if method != "GET" or state["hidesNames"] else "read")
    match method, name:
        case "GET", None:
            return list_secrets(state, found, query)
        case "GET", "public-key":
            return public_key(state, found, query)
        case "GET", _ if name.upper() in found["secrets"]:
            return 200, shown(found["secrets"][name.upper()])
        case "PUT", str():
            return put_secret(state, found, name, body)
        case "DELETE", str():
            return delete_secret(state, found, name)
    raise Refusal(404, "Not Found")


class Handler(BaseHTTPRequestHandler):
    """One connection: a tunnel, and what is asked in it."""

    protocol_version = "HTTP/1.1"
    timeout = 600

    def do_CONNECT(self):
        if self.path != f"{HOST}:443":
            self.send_error(502, "This proxy leads to api.github.com alone")
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.connection = self.server.secrecy.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def body(self):
        """By its length, or in pieces whose length stands before each."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def answer(self):
        if not isinstance(self.connection, ssl.SSLSocket):
            self.send_error(400, "Ask in a tunnel")
            return
        body = self.body().decode("utf-8", "replace")
        with LOCK:
            state = load()
            # Recorded without the token.
            kept = {"Authorization": "Bearer made-up"} if "Authorization" in self.headers else {}
            if self.headers.get("Content-Type"):
                kept["Content-Type"] = self.headers["Content-Type"]
            url = f"https://{self.headers.get('Host', HOST)}{self.path}"
            state["requests"].append({"method": self.command, "url": url, "headers": kept, "body": body or None})
            try:
                status, content = reply(state, self.command, self.path, self.headers, body)
            except Refusal as refusal:
                status = refusal.status
                content = {"message": refusal.message, "documentation_url": DOCUMENTATION, "status": str(status)}
                if status in (400, 422):
                    state["refusals"].append(f"{status} {self.command} {self.path}: {refusal.message}")
            store(state)
        data = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        if content is not None:
            self.send_header("Content-Type", "application/json; charset=utf-8")
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_DELETE = do_POST = do_PATCH = answer

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingTCPServer):
    """Every tunnel has a thread of its own."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_):
        """Whoever hangs up has its reasons."""


def main():
    server = Server(("127.0.0.1", 0), Handler)
    server.secrecy = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.secrecy.load_cert_chain(f"{FOLDER}/server.crt", f"{FOLDER}/server.key")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
