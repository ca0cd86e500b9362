#!/usr/bin/python3
"""Docker's command line on the machine, as far as a deployer goes; any other form is refused with exit code 125."""

import json
import os
import re
import sys
import urllib.error
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))

import containers  # noqa: E402
import control as told  # noqa: E402
import psql  # noqa: E402
from containers import STATE, Trouble  # noqa: E402
from store import Store  # noqa: E402
from work import Work, basic  # noqa: E402

CONFIG = "/root/.docker/config.json"


class Unknown(Exception):
    """A form of the command that the fake does not know."""


def runtime_of(control):
    if control["runtime"] is None:
        return None
    from runtime import Runtime
    return Runtime(control["runtime"])


def world():
    """(store in a transaction, work)"""
    control = told.read(STATE)
    return Store(STATE), lambda store: Work(store, control, CONFIG, True, runtime_of(control))


def resources():
    """Container name → (kind, status, image, started), after one look."""
    store, make = world()
    with store:
        make(store).tick()
        found = {}
        for one in store.all("database"):
            # There is a container once it ran.
            if one["started_at"] and not one["status"].startswith("starting"):
                found[one["uuid"]] = ("database", one["status"], one["image"], one)
        for one in store.all("application"):
            if one.get("_container"):
                found[one["_container"]["name"]] = (
                    "application", "running:healthy" if one["_container"]["health"] else "running",
                    one["_container"]["image"], one)
        return found


def details(name):
    own = containers.inspect(name)
    if own:
        return own
    found = resources().get(name)
    if not found:
        return None
    kind, status, image, _ = found
    status, _, health = status.partition(":")
    state = {"Status": status, "Running": status == "running", "ExitCode": 0, "StartedAt": "2026-01-01T00:00:00Z"}
    runtime = runtime_of(told.read(STATE))
    networks = {"coolify": {"IPAddress": runtime.address(name) if runtime and status == "running" else ""}}
    if health:
        state["Health"] = {"Status": health, "FailingStreak": 0, "Log": []}
    return {"Name": f"/{name}", "State": state, "Config": {"Image": image, "Env": []}, "RestartCount": 0,
            "NetworkSettings": {"Networks": networks},
            "Mounts": [{"Type": "volume", "Name": found[3]["_volume"]}] if kind == "database" else []}


def template(text, data):
    """Of Go's templates, names, `json`, and `if` with `else` and `end`."""
    def value(path):
        found = data
        for name in filter(None, path.split(".")):
            if not isinstance(found, dict) or name not in found:
                raise Trouble(f'template parsing error: template: :1: map has no entry for key "{name}"')
            found = found[name]
        return found

    def plain(found):
        return str(found).lower() if isinstance(found, bool) else str(found)

    def choose(match):
        try:
            return match[2] if value(match[1]) else match[4] or ""
        except Trouble:
            return match[4] or ""
    text = re.sub(r"\{\{\s*if\s+([.\w]+)\s*\}\}(.*?)(\{\{\s*else\s*\}\}(.*?))?\{\{\s*end\s*\}\}", choose, text)

    def put(match):
        return json.dumps(value(match[2])) if match[1] else plain(value(match[2]))
    text = re.sub(r"\{\{\s*(json\s+)?((?:\.\w+)+|\.)\s*\}\}", put, text)
    if "{{" in text:
        raise Unknown(text)
    return text.replace("\\t", "\t")


def options(words, known, most):
    """({option: value or True}, the rest); `known` maps each to whether it takes a value."""
    found, rest = {}, []
    words = list(words)
    while words:
        word = words.pop(0)
        if not word.startswith("-") or word == "-":
            rest.append(word)
            continue
        name, equals, value = word.partition("=")
        if name not in known:
            raise Unknown(word)
        if known[name]:
            found.setdefault(name, []).append(value if equals else words.pop(0) if words else "")
        else:
            found[name] = [True]
    if len(rest) > most:
        raise Unknown(" ".join(rest))
    return found, rest


def inspect(words):
    found, names = options(words, {"--format": True, "-f": True, "--type": True}, 1)
    text = (found.get("--format") or found.get("-f") or [None])[0]
    data = details(names[0]) if names else None
    if data is None:
        print("" if text else "[]")
        raise Trouble(f"Error: No such object: {names[0] if names else ''}")
    print(template(text, data) if text else json.dumps([data], indent=4))


def ps(words):
    found, _ = options(words, {"-a": False, "--all": False, "-q": False, "--quiet": False, "--format": True,
                               "--filter": True, "-f": True, "--no-trunc": False}, 0)
    rows = [details(name) for name in containers.OWN if containers.made()] + [details(name) for name in resources()]
    for data in filter(None, rows):
        name = data["Name"][1:]
        if not ("-a" in found or "--all" in found or data["State"]["Running"]):
            continue
        keep = True
        for one in found.get("--filter", []) + found.get("-f", []):
            key, _, value = one.partition("=")
            if key not in ("name", "status"):
                raise Unknown(one)
            keep &= bool(re.search(value, f"/{name}")) if key == "name" else data["State"]["Status"] == value
        if not keep:
            continue
        health = data["State"].get("Health", {}).get("Status")
        row = {"Names": name, "ID": name[:12], "Image": data["Config"]["Image"], "State": data["State"]["Status"],
               "Status": ("Up 5 minutes" if data["State"]["Running"] else "Exited (0) 5 minutes ago")
               + (f" ({health})" if health else "")}
        standard = "{{.ID}}" if "-q" in found or "--quiet" in found else "{{.ID}}\t{{.Image}}\t{{.Status}}\t{{.Names}}"
        print(template((found.get("--format") or [standard])[0], row))


def must_run(name):
    data = details(name)
    if data is None:
        raise Trouble(f"Error response from daemon: No such container: {name}")
    if not data["State"]["Running"]:
        raise Trouble(f"Error response from daemon: container {name} is not running")
    return data


def execute(words):
    words, flags = list(words), {"env": {}}
    while words and words[0].startswith("-"):
        word = words.pop(0)
        if word in ("-e", "--env"):
            key, _, value = words.pop(0).partition("=")
            flags["env"][key] = value
        elif word in ("-u", "--user"):
            words.pop(0)
        elif word not in ("-i", "--interactive"):
            raise Unknown(word)
        else:
            flags["i"] = True
    name, program, *arguments = words
    must_run(name)
    script = sys.stdin.read() if flags.get("i") and name in containers.OWN else ""
    if name == "coolify-db" and program == "psql":
        return psql.main(arguments, STATE, script)
    if name == "coolify-db" and program == "pg_dump":
        if "-U" not in arguments or "coolify" not in arguments:
            raise Unknown(" ".join(words))
        with open(f"{STATE}/coolify.sqlite", "rb") as file:
            sys.stdout.buffer.write(b"PGDMP" + file.read())
        return 0
    if name in containers.OWN:
        raise Unknown(" ".join(words))
    return in_container(name, resources()[name], program, arguments, flags)


def in_container(name, found, program, arguments, flags):
    """What is run beside a database or an application: the real programs where it really runs."""
    kind, _, _, data = found
    if kind == "application" and program == "host" and runtime_of(told.read(STATE)):
        return runtime_of(told.read(STATE)).execute_host(name, arguments)
    if kind != "database":
        raise Unknown(program)
    runtime = runtime_of(told.read(STATE))
    known = ("pg_dump", "pg_restore", "psql", "pg_isready") if data["_kind"] == "postgresql" else ("redis-cli",)
    if program not in known:
        raise Trouble(f'OCI runtime exec failed: exec: "{program}": executable file not found in $PATH: unknown')
    if runtime:
        return runtime.execute(data, program, arguments, flags["env"], flags.get("i", False))
    if data["_kind"] == "postgresql":
        check_names(data, program, arguments)
    if program == "pg_dump":
        sys.stdout.buffer.write(b"PGDMP of " + data["uuid"].encode() + b"\n")
    elif program == "pg_restore":
        content = sys.stdin.buffer.read() if flags.get("i") else b""
        if not content.startswith(b"PGDMP"):
            raise Trouble("pg_restore: error: input file does not appear to be a valid archive")
        if {"-l", "--list"} & set(arguments):
            print(";\n; Archive created by a test\n;")
            return 0
        with open(f"/machine/restored-{data['uuid']}", "wb") as file:
            file.write(content)
    elif program == "psql":
        if flags.get("i"):
            sys.stdin.read()
        print("1")
    elif program == "pg_isready":
        print("/var/run/postgresql:5432 - accepting connections")
    else:
        print("PONG" if arguments[-1:] == ["ping"] or arguments[-1:] == ["PING"] else "OK")
    return 0


def check_names(data, program, arguments):
    for short, long, wanted in (("-U", "--username", data["postgres_user"]), ("-d", "--dbname", data["postgres_db"])):
        for index, word in enumerate(arguments):
            given = arguments[index + 1] if word == short and index + 1 < len(arguments) else \
                word.partition("=")[2] if word.startswith(long + "=") else None
            if given is not None and given != wanted:
                raise Trouble(f'{program}: error: connection failed: FATAL:  "{given}" does not exist')
    # pg_dump takes the database as its last word too.
    last = arguments[-1] if arguments else "-"
    before = arguments[-2] if len(arguments) > 1 else ""
    if program == "pg_dump" and not last.startswith("-") and before not in ("-U", "-d", "-n", "-t", "-f"):
        if last != data["postgres_db"]:
            raise Trouble(f'{program}: error: connection failed: FATAL:  database "{last}" does not exist')


def change(verb):
    def do(words):
        found, names = options(words, {"-t": True, "--time": True}, 20)
        for name in names:
            if name == "coolify":
                if not containers.made():
                    raise Trouble(f"Error response from daemon: No such container: {name}")
                if verb != "start" or not containers.running():
                    containers.stop()
                if verb != "stop" and not containers.running():
                    containers.start()
            elif name == "coolify-proxy" or name in containers.OWN:
                if not containers.made():
                    raise Trouble(f"Error response from daemon: No such container: {name}")
            else:
                change_database(verb, name)
            print(name)
    return do


def change_database(verb, name):
    store, make = world()
    with store:
        data = store.find("database", name)
        if not data or not data["started_at"]:
            raise Trouble(f"Error response from daemon: No such container: {name}")
        work = make(store)
        work.stop_database(data)
        if verb != "stop":
            data["_touched"] = True
            work.start_database(data)


def logs(words):
    found, names = options(words, {"--tail": True, "-n": True, "--since": True, "--timestamps": False, "-t": False}, 1)
    must_run(names[0])
    control = told.read(STATE)
    if runtime := None if names[0] in containers.OWN else runtime_of(control):
        print(runtime.logs(names[0]))
    else:
        print(f"{names[0]} runs.")


def login(words):
    found, names = options(
        words, {"-u": True, "--username": True, "--password-stdin": False}, 1)
    if "--password-stdin" not in found or not names:
        raise Unknown("login without --password-stdin and a registry")
    user = (found.get("-u") or found.get("--username") or [""])[0]
    password = sys.stdin.read().rstrip("\r\n")
    if not user or not password:
        raise Trouble("Error: Cannot perform an interactive login from a non TTY device")
    request = urllib.request.Request(f"http://{names[0]}/v2/", headers={"Authorization": "Basic " + basic(user, password)})
    try:
        urllib.request.urlopen(request, timeout=60).close()
    except urllib.error.HTTPError as error:
        raise Trouble(f"Error response from daemon: login attempt to http://{names[0]}/v2/ failed with status:"
                      f" {error.code} {error.reason}") from None
    except OSError as error:
        raise Trouble(f"Error response from daemon: Get \"https://{names[0]}/v2/\": {error}") from None
    save_logins(lambda logins: logins.update({names[0]: {"auth": basic(user, password)}}))
    print("WARNING! Your credentials are stored unencrypted in '/root/.docker/config.json'.", file=sys.stderr)
    print("Login Succeeded")


def logout(words):
    _, names = options(words, {}, 1)
    print(f"Removing login credentials for {names[0]}")
    save_logins(lambda logins: logins.pop(names[0], None))


def save_logins(body):
    config = {}
    if os.path.exists(CONFIG):
        with open(CONFIG, encoding="utf-8") as file:
            config = json.load(file)
    body(config.setdefault("auths", {}))
    os.makedirs(os.path.dirname(CONFIG), exist_ok=True)
    with open(CONFIG + ".new", "w", encoding="utf-8") as file:
        json.dump(config, file, indent="\t")
    os.chmod(CONFIG + ".new", 0o600)
    os.replace(CONFIG + ".new", CONFIG)


def version(words):
    found, _ = options(words, {"--format": True, "-f": True}, 0)
    data = {"Client": {"Version": "27.3.1"}, "Server": {"Version": "27.3.1"}}
    text = (found.get("--format") or found.get("-f") or [None])[0]
    print(template(text, data) if text else "Client:\n Version: 27.3.1\n\nServer:\n Version: 27.3.1")


def volume(words):
    store, _ = world()
    with store:
        names = [one["name"] for one in store.all("volume")]
    if words[:1] == ["ls"]:
        found, _ = options(words[1:], {"-q": False, "--quiet": False, "--format": True}, 0)
        for name in names:
            print(template((found.get("--format") or ["{{.Name}}"])[0], {"Name": name, "Driver": "local"}))
    elif words[:1] == ["inspect"] and len(words) == 2:
        if words[1] not in names:
            raise Trouble(f"Error response from daemon: get {words[1]}: no such volume")
        print(json.dumps([{"Name": words[1], "Driver": "local"}]))
    elif words[:1] == ["rm"]:
        with store:
            for one in store.all("volume"):
                if one["name"] in words[1:]:
                    store.remove(one)
                    print(one["name"])
    else:
        raise Unknown(" ".join(words))


COMMANDS = {"inspect": inspect, "ps": ps, "exec": execute, "restart": change("restart"), "start": change("start"),
            "stop": change("stop"), "logs": logs, "login": login, "logout": logout, "version": version,
            "volume": volume}


def main():
    words = sys.argv[1:]
    if words[:1] == ["container"]:
        words = words[1:]
    try:
        if not words or words[0] not in COMMANDS:
            raise Unknown(" ".join(words))
        return COMMANDS[words[0]](words[1:]) or 0
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except Unknown as form:
        print(f"The docker of the tests does not know this form: docker {' '.join(words)} ({form})", file=sys.stderr)
        return 125


if __name__ == "__main__":
    if not os.path.exists("/machine/docker-installed"):
        sys.stderr.write("bash: line 1: docker: command not found\n")
        sys.exit(127)
    sys.exit(main())
