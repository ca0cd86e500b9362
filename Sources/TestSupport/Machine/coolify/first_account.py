"""The first account, which Coolify's seeder makes at each start from three variables, or leaves to the world."""

import hashlib
import json
import os
import re

from store import Store

NAME = re.compile(r"[\w\s-]+")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
# Names that no resolver knows.
NOWHERE = ("local", "localhost", "invalid", "test", "internal", "lan", "home")
# What everybody's passwords are; the real one asks a service.
LEAKED = {"Password1!", "Password123!", "Passw0rd!", "Admin123!"}


def faults(name, email, password):
    """Why an account is not made; empty where it is."""
    found = []
    if len(name) < 3 or not NAME.fullmatch(name):
        found.append("The name must have at least 3 letters, digits, spaces, dashes or underscores.")
    if not EMAIL.fullmatch(email) or email.rpartition(".")[2] in NOWHERE:
        found.append("The email field must be a valid email address.")
    kinds = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
    if len(password) < 8 or not all(re.search(kind, password) for kind in kinds):
        found.append("The password must have at least 8 characters: small and big letters, digits and symbols.")
    if password in LEAKED:
        found.append("The given password has appeared in a data leak. Please choose a different password.")
    return found


def make_account(folder, name, email):
    """Does nothing where there is one; closes the registration."""
    with Store(folder) as store:
        if not store.sql.execute("select 1 from users where id = 0").fetchone():
            store.sql.execute(
                "insert into users (id, name, email, password, created_at, updated_at)"
                " values (0, ?, ?, '$2y$12$hashed', now(), now())", (name, email))
            store.sql.execute("insert into team_user (team_id, user_id, role, created_at, updated_at)"
                              " values (0, 0, 'owner', now(), now())")
        store.sql.execute("update instance_settings set is_registration_enabled = 0 where id = 0")


def make_token(folder, plain, abilities):
    """A token of the first account, as a deployer makes it."""
    with Store(folder) as store:
        store.sql.execute(
            "insert into personal_access_tokens (tokenable_type, tokenable_id, name, token, abilities, team_id,"
            " created_at, updated_at) values ('App\\Models\\User', 0, ?, ?, ?, '0', now(), now())",
            ("-".join(abilities), hashlib.sha256(plain.encode()).hexdigest(), json.dumps(abilities)))


def read_environment(path):
    """As dotenv reads it: quotes are taken off, a # behind a space ends it, a $ stands for another."""
    found = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, equals, value = line.rstrip("\n").partition("=")
            if not equals or name.startswith("#"):
                continue
            if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
                value = value[1:-1]
            else:
                value = re.sub(r"\s#.*", "", value)
                value = re.sub(r"\$\{?(\w+)\}?", lambda name: found.get(name[1], ""), value)
            found[name] = value
    return found


def start(folder, path):
    """What Coolify does at each start of its container: account, updates, its own route."""
    told = read_environment(path)
    if told.get("AUTOUPDATE") == "false":
        with Store(folder) as store:
            store.sql.execute("update instance_settings set is_auto_update_enabled = 0 where id = 0")
    name, email, password = (told.get(key, "") for key in ("ROOT_USERNAME", "ROOT_USER_EMAIL", "ROOT_USER_PASSWORD"))
    if name and email and password:
        if found := faults(name, email, password):
            print("Error in Root User Seeder:", *found, flush=True)
        else:
            make_account(folder, name, email)
    with Store(folder) as store:
        fqdn = store.setting("fqdn")
    routes = "/data/coolify/proxy/dynamic"
    if fqdn and os.path.isdir(routes):
        with open(f"{routes}/coolify.yaml", "w", encoding="utf-8") as file:
            file.write(f"# {fqdn}\n")
