"""The fake Coolify's door: who may come in, what is written down, what goes wrong, what is counted."""

import hashlib
import ipaddress
import json
import os
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

import control as told
from routes import Answer, Call, route
from store import Store, seed
from touches import Touch
from work import Work

lock = threading.Lock()


class Limit:
    """So many requests a minute of each user, as Laravel counts them: from the first on."""

    def __init__(self):
        self.windows = {}

    def take(self, user, most):
        """How many are left; raises `Answer` where there are none."""
        start, used = self.windows.get(user, (0, 0))
        passed = time.monotonic() - start
        if passed >= 60:
            start, used, passed = time.monotonic(), 0, 0
        if used >= most:
            wait = str(max(1, int(60 - passed)))
            raise Answer(429, {"message": "Too Many Attempts."}, {
                "Retry-After": wait, "X-RateLimit-Limit": str(most), "X-RateLimit-Remaining": "0"})
        self.windows[user] = (start, used + 1)
        return most - used - 1


class Coolify(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, options):
        super().__init__(address, Door)
        self.options, self.limit = options, Limit()
        with Store(options.state) as store:
            seed(store, options.ip)

    def work(self, store, control):
        runtime = self.options.make_runtime(control) if self.options.make_runtime else None
        return Work(store, control, self.options.docker_config, self.options.backups, runtime)


class Hangup(Exception):
    """The answer is lost."""


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle_one(self):
        try:
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
            touch = Touch(self.server.options.touches)
            if touch.before():
                raise Hangup
            status, body, headers = self.answer(text)
            if touch.after():
                raise Hangup
        except Hangup:
            self.close_connection = True
            return
        is_text = isinstance(body, str)
        data = (body if is_text else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=UTF-8" if is_text else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_HEAD = handle_one

    def answer(self, text):
        parts = urlsplit(self.path)
        if not parts.path.startswith("/api/v1/") or parts.path in ("/api/v1/health", "/api/v1/health/"):
            with lock:
                return self.page(parts.path)
        path = unquote(parts.path.removeprefix("/api/v1").rstrip("/"))
        control = told.read(self.server.options.state)
        with lock:
            self.record(text)
            trouble = self.trouble(control, path)
        if trouble:
            how = trouble.get("how", "answer")
            if how == "hang":
                time.sleep(3600)
            if how == "lostBefore":
                raise Hangup
            if how == "answer":
                return trouble.get("status", 500), trouble.get("body", {"message": "Server Error"}), \
                    trouble.get("headers", {})
        with lock:
            found = self.api(control, path, parts.query, text)
        if trouble:
            raise Hangup
        return found

    def page(self, path):
        """What a person sees, or a probe."""
        with Store(self.server.options.state) as store:
            control = told.read(self.server.options.state)
            if path in ("/api/health", "/api/v1/health", "/api/v1/health/"):
                after = control["healthAfter"]
                if after and (after < 0 or store.count("health") < after):
                    return 503, "", {}
                return 200, "OK", {}
            is_open = store.setting("is_registration_enabled")
            if path == "/register":
                return (200, "<title>Register</title>", {}) if is_open else (302, "", {"Location": "/login"})
            if path == "/":
                anybody = store.sql.execute("select count(*) from users").fetchone()[0]
                return 302, "", {"Location": "/login" if anybody else "/register"}
            if path == "/login":
                return 200, "<title>Login</title>", {}
        return 404, {"message": "Not found.", "docs": "https://coolify.io/docs"}, {}

    def api(self, control, path, query, text):
        headers = {}
        try:
            # What is refused leaves nothing behind.
            with Store(self.server.options.state) as store:
                token = self.token(store)
                left = self.server.limit.take(token["user"], control["rateLimit"])
                headers = {"X-RateLimit-Limit": str(control["rateLimit"]), "X-RateLimit-Remaining": str(left)}
                ability, function, ids = route(self.command, path)
                if ability != "team":
                    self.check_access(store)
                self.check_ability(token, "write" if ability == "team" else ability)
                work = self.server.work(store, control)
                if self.command == "GET":
                    work.tick()
                known = {key.lower(): value for key, value in self.headers.items()}
                fields = dict(parse_qsl(query, keep_blank_values=True))
                call = Call(store, work, control, fields, known, text, token, self.server.options.version)
                status, body = function(call, *ids)
                work.next_deployments()
                return status, body, headers
        except Answer as answer:
            return answer.status, answer.body, {**headers, **answer.headers}

    def token(self, store):
        kind, _, bearer = (self.headers.get("Authorization") or "").partition(" ")
        token = store.token(bearer.strip()) if kind.lower() == "bearer" and bearer else None
        if not token:
            raise Answer(401, {"message": "Unauthenticated."})
        if token["type"] != "App\\Models\\User":
            raise Answer(500, {"message": "Server Error"})
        if not store.sql.execute("select 1 from users where id = ?", (token["user"],)).fetchone():
            raise Answer(401, {"message": "Unauthenticated."})
        return token

    def check_access(self, store):
        if not store.setting("is_api_enabled"):
            raise Answer(403, {"success": True, "message": "API is disabled."})
        allowed = [one.strip() for one in (store.setting("allowed_ips") or "").split(",") if one.strip()]
        if allowed and "0.0.0.0" not in allowed:
            own = ipaddress.ip_address(self.client_address[0])
            if not any(own in ipaddress.ip_network(one, strict=False) for one in allowed):
                raise Answer(403, {"success": True, "message": "You are not allowed to access the API."})

    @staticmethod
    def check_ability(token, ability):
        if not {"root", "*", ability} & set(token["abilities"]):
            raise Answer(403, {"message": f"Missing required permissions: {ability}"})

    def trouble(self, control, path):
        for one in control["troubles"]:
            fits = one.get("method", self.command) == self.command and re.search(one.get("path", ""), path)
            if not fits:
                continue
            name = "trouble " + one.get("id", hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest())
            with Store(self.server.options.state) as store:
                if store.count(name) < one.get("times", 1):
                    return one
        return None

    def record(self, text):
        headers = dict(self.headers.items())
        if "Authorization" in headers:
            headers["Authorization"] = "Bearer hidden"
        host = headers.get("Host", "127.0.0.1")
        line = json.dumps({"method": self.command, "url": f"http://{host}{self.path}", "headers": headers,
                           "body": text or None})
        with open(os.path.join(self.server.options.state, "requests.jsonl"), "a", encoding="utf-8") as file:
            file.write(line + "\n")
