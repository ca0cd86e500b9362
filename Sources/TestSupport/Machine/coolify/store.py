"""What the fake Coolify remembers, in one SQLite file: Coolify's own tables where its operators reach them by SQL, and
one table of JSON objects for the rest."""

import hashlib
import json
import os
import secrets
import sqlite3
import time

# Names, types and constraints of the tables as Coolify's migrations leave them; columns that nobody asks for are left
# out.
TABLES = """
create table if not exists users (
    id integer primary key, name text not null, email text not null unique, email_verified_at timestamp,
    password text, remember_token text, created_at timestamp, updated_at timestamp,
    force_password_reset boolean not null default 0);
create table if not exists teams (
    id integer primary key, name text not null, description text, personal_team boolean not null default 0,
    created_at timestamp, updated_at timestamp, show_boarding boolean not null default 0);
create table if not exists team_user (
    id integer primary key autoincrement, team_id integer not null, user_id integer not null,
    role text not null default 'member', created_at timestamp, updated_at timestamp, unique (team_id, user_id));
create table if not exists instance_settings (
    id integer primary key, public_ipv4 text, public_ipv6 text, fqdn text, public_port_min integer not null
    default 9000, public_port_max integer not null default 9100, do_not_track boolean not null default 0,
    is_auto_update_enabled boolean not null default 1, is_registration_enabled boolean not null default 1,
    is_api_enabled boolean not null default 0, allowed_ips text, instance_name text,
    instance_timezone text default 'UTC', created_at timestamp, updated_at timestamp);
create table if not exists personal_access_tokens (
    id integer primary key autoincrement, tokenable_type text not null, tokenable_id integer not null,
    name text not null, token text not null unique check (length(token) <= 64), team_id text not null,
    abilities text, last_used_at timestamp, expires_at timestamp, created_at timestamp, updated_at timestamp);
create table if not exists objects (
    id integer primary key autoincrement, kind text not null, uuid text not null unique, data text not null);
create table if not exists counters (name text primary key, value integer not null);
"""
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_uuid():
    """As Coolify's: 24 letters and digits, no RFC 4122."""
    return "".join(secrets.choice(ALPHABET) for _ in range(24))


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%S.000000Z", time.gmtime())


def connect(folder):
    """A connection whose changes are the caller's transaction; the tables are made where they are missing."""
    os.makedirs(folder, exist_ok=True)
    connection = sqlite3.connect(os.path.join(folder, "coolify.sqlite"), timeout=600, isolation_level=None)
    connection.create_function("now", 0, lambda: time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()))
    connection.execute("pragma synchronous = off")
    for statement in TABLES.split(";"):
        connection.execute(statement)
    return connection


class Store:
    """One transaction: everything or nothing of it stays."""

    def __init__(self, folder):
        self.folder = folder

    def __enter__(self):
        self.sql = connect(self.folder)
        self.sql.execute("begin immediate")
        return self

    def __exit__(self, kind, *_):
        if not kind:
            self.show()
        self.sql.execute("rollback" if kind else "commit")
        self.sql.close()

    def show(self):
        """Writes state.json for the tests, which know no SQLite; secrets are in it."""
        text = json.dumps(shown(self))
        path = os.path.join(self.folder, "state.json")
        with open(f"{path}.{os.getpid()}", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(file.name, path)

    # Objects

    def add(self, kind, data, uuid=None):
        data = {"uuid": uuid or new_uuid(), "created_at": now(), "updated_at": now(), **data}
        data["id"] = self.sql.execute(
            "insert into objects (kind, uuid, data) values (?, ?, '')", (kind, data["uuid"])).lastrowid
        self.save(data)
        return data

    def save(self, data):
        self.sql.execute("update objects set data = ? where id = ?", (json.dumps(data), data["id"]))

    def remove(self, data):
        self.sql.execute("delete from objects where id = ?", (data["id"],))

    def find(self, kind, uuid):
        """None where there is none."""
        row = self.sql.execute("select data from objects where kind = ? and uuid = ?", (kind, uuid)).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, kind, **fields):
        """By age, oldest first; those whose fields are these."""
        rows = self.sql.execute("select data from objects where kind = ? order by id", (kind,))
        found = (json.loads(row[0]) for row in rows)
        return [data for data in found if all(data.get(name) == value for name, value in fields.items())]

    # Rows

    def setting(self, name):
        row = self.sql.execute(f"select {name} from instance_settings where id = 0").fetchone()
        return row[0] if row else None

    def count(self, name):
        """How often this was asked for before; one more from now on."""
        row = self.sql.execute(
            "insert into counters values (?, 1) on conflict (name) do update set value = value + 1 returning value",
            (name,)).fetchone()
        return row[0] - 1

    def token(self, bearer):
        """The row of a token, with or without its number before a bar."""
        number, _, plain = bearer.rpartition("|")
        digest = hashlib.sha256(plain.encode()).hexdigest()
        row = self.sql.execute(
            "select id, tokenable_type, tokenable_id, team_id, abilities, name from personal_access_tokens"
            " where token = ?", (digest,)).fetchone()
        if not row or number and number != str(row[0]):
            return None
        keys = ("id", "type", "user", "team", "abilities", "name")
        found = dict(zip(keys, row))
        found["abilities"] = json.loads(found["abilities"] or "[]")
        return found


def shown(store):
    """What a test wants to know."""
    sql = store.sql

    def rows(kind, *keys):
        return [{name: one.get(key) for key, name in (key if isinstance(key, tuple) else (key, key) for key in keys)}
                for one in store.all(kind)]
    variables = {}
    for one in store.all("variable", is_preview=False):
        variables.setdefault(one["owner"], {})[one["key"]] = one["value"] or ""
    applications = rows("application", "uuid", "name", "description", "status", "fqdn",
                        ("docker_registry_image_name", "imageName"), ("docker_registry_image_tag", "imageTag"),
                        ("_container", "container"))
    for one in applications:
        one["variables"] = variables.get(one["uuid"], {})
        one["container"] = one["container"] and {key: one["container"][key] for key in ("name", "image", "variables", "digest")}
    names = ("fqdn", "is_api_enabled", "is_auto_update_enabled", "is_registration_enabled", "allowed_ips")
    return {
        "projects": rows("project", "uuid", "name", "description"),
        "environments": rows("environment", "uuid", "name"),
        "databases": rows("database", "uuid", "name", "description", "status", "image", ("_kind", "kind"),
                          ("_volume", "volume"), ("internal_db_url", "url")),
        "applications": applications,
        "deployments": rows("deployment", "uuid", "status", ("application_uuid", "application"), "logs"),
        "volumes": [one["name"] for one in store.all("volume")],
        "backups": rows("backup", "uuid", ("owner", "database"), "frequency"),
        "executions": rows("execution", "backup", "filename", "status"),
        "tokens": [{"name": name, "abilities": json.loads(abilities or "[]")} for name, abilities in sql.execute(
            "select name, abilities from personal_access_tokens order by id")],
        "users": [email for email, in sql.execute("select email from users order by id")],
        "settings": {name: None if (value := store.setting(name)) is None else str(value) for name in names},
        "unfinished": len(store.all("job"))}


def seed(store, ip="127.0.0.1"):
    """What Coolify's own seeders make at each start, without the first account."""
    if store.setting("id") is None:
        store.sql.execute("insert into instance_settings (id, public_ipv4, created_at, updated_at)"
                          " values (0, ?, now(), now())", (ip,))
        store.sql.execute("insert into teams (id, name, personal_team, created_at, updated_at)"
                          " values (0, 'Root Team', 1, now(), now())")
    if not store.all("server"):
        store.add("server", {
            "name": "localhost", "description": "This is the server where Coolify is running on. Don't delete this!",
            "ip": "host.docker.internal", "user": "root", "port": 22, "is_coolify_host": True, "is_reachable": True,
            "is_usable": True, "proxy": {"type": "TRAEFIK", "status": "running"},
            "settings": {"concurrent_builds": 2, "deployment_queue_limit": 25, "dynamic_timeout": 3600,
                         "is_reachable": True, "is_usable": True, "server_timezone": "UTC", "wildcard_domain": None}})
