#!/usr/bin/python3
"""Multipass 1.16.3 for tests: its command line, its JSON, its texts and its exit codes, without a virtual machine.

What it remembers is in state.json beside the path that it was called by. It refuses options that the real one does not
know. Formats: https://documentation.ubuntu.com/multipass/en/latest/reference/command-line-interface/
"""

import argparse
import fcntl
import json
import os
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "Machine", "coolify"))

from touches import Touch  # noqa: E402

FOLDER = os.path.dirname(os.path.abspath(sys.argv[0]))
HASH = "1797c5c82016c1e65f4008fcf89deae3a044ef76087a9ec5b907c6d64a3609ac"
UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


class Ended(Exception):
    """Ends the program with an exit code."""

    def __init__(self, code, errors="", output=""):
        super().__init__(errors)
        self.code, self.errors, self.output = code, errors, output


class Parser(argparse.ArgumentParser):
    """As Qt's: anything unknown is a wrong command line, exit code 1."""

    def __init__(self):
        super().__init__(add_help=False, allow_abbrev=False)

    def error(self, message):
        raise Ended(1, f"{message}\n")


def size(text, option):
    found = re.fullmatch(r"(\d+)([KMG]?)", text)
    if not found:
        raise Ended(2, f"launch failed: Invalid {option} size value supplied: {text}.\n")
    return int(found[1]) * UNITS[found[2]]


def found(state, command, name):
    instance = state["instances"].get(name)
    if instance is None:
        raise Ended(2, f'{command} failed: instance "{name}" does not exist\n')
    return instance


def look(instance):
    """Every look brings a starting instance nearer to its end."""
    if instance["state"] == "Starting":
        instance["starting"] -= 1
        if instance["starting"] < 0:
            instance["state"] = "Running"


def formatted(arguments, extra=None):
    parser = Parser()
    if extra:
        extra(parser)
    parser.add_argument("--format", choices=["table", "json", "csv", "yaml"], default="table")
    parsed = parser.parse_args(arguments)
    if parsed.format != "json":
        raise Ended(1, "The fake writes JSON only.\n")
    return parsed


def addresses(state, instance):
    return instance["ipv4"] if instance["state"] == "Running" else []


def list_(state, arguments, _):
    formatted(arguments)
    rows = []
    for name, instance in sorted(state["instances"].items()):
        look(instance)
        release = "" if instance["state"] == "Deleted" else f"Ubuntu {instance['release']} LTS"
        rows.append({"ipv4": addresses(state, instance), "name": name, "release": release, "state": instance["state"]})
    return json.dumps({"list": rows}, indent=4) + "\n"


def info(state, arguments, _):
    parsed = formatted(arguments, lambda parser: parser.add_argument("name"))
    instance = found(state, "info", parsed.name)
    runs = instance["state"] == "Running"
    # The kernel and the file system keep some of what the machine was given.
    memory = {"total": int(instance["memory"] * 0.96), "used": 60817408} if runs else {}
    disk = {"total": str(int(instance["disk"] * 0.96)), "used": "1288490188"} if runs else {}
    return json.dumps({"errors": [], "info": {parsed.name: {
        "cpu_count": str(instance["cpus"]) if runs else "", "disks": {"sda1": disk}, "image_hash": HASH,
        "image_release": f"{instance['release']} LTS", "ipv4": addresses(state, instance),
        "load": [0.45, 0.51, 0.15] if runs else [], "memory": memory, "mounts": {},
        "release": f"Ubuntu {instance['release']}.5 LTS" if runs else "",
        "snapshot_count": str(instance["snapshots"]), "state": instance["state"]}}}, indent=4) + "\n"


def networks(state, arguments, _):
    formatted(arguments)
    if state.get("networks") is None:
        raise Ended(2, "networks failed: The networks feature is not implemented on this backend.\n")
    rows = [{"description": "Ethernet", "name": name, "type": "ethernet"} for name in state["networks"]]
    return json.dumps({"list": rows}, indent=4) + "\n"


def version(state, arguments, _):
    formatted(arguments)
    answer = {"multipass": state["version"]}
    if state.get("daemon"):
        answer["multipassd"] = state["daemon"]
    return json.dumps(answer, indent=4) + "\n"


def get(state, arguments, _):
    if arguments != ["local.driver"]:
        raise Ended(1, f"Unrecognized settings key: '{' '.join(arguments)}'\n")
    if not state.get("driver"):
        raise Ended(1, "Unrecognized settings key: 'local.driver'\n")
    return state["driver"] + "\n"


def launch(state, arguments, done):
    parser = Parser()
    parser.add_argument("image")
    for option in ("--name", "--cpus", "--memory", "--disk", "--cloud-init", "--network"):
        parser.add_argument(option)
    parser.add_argument("--timeout", type=int)
    parsed = parser.parse_args(arguments)
    name = parsed.name or ""
    if parsed.cloud_init != "-":
        raise Ended(1, f"error: No such file: {parsed.cloud_init}\n")
    user_data = sys.stdin.read()
    if not user_data.startswith("#cloud-config\n"):
        raise Ended(1, "error loading cloud-init config: bad file\n")
    if not re.fullmatch(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?", name):
        raise Ended(2, f"launch failed: Invalid instance name supplied: {name}\n")
    if not re.fullmatch(r"\d\d\.\d\d|[a-z]+", parsed.image):
        raise Ended(2, f'launch failed: Unable to find an image matching "{parsed.image}"\n')
    network = ""
    if parsed.network is not None:
        fields = dict(part.split("=", 1) for part in parsed.network.split(","))
        if set(fields) - {"name", "mode", "mac"} or "name" not in fields:
            raise Ended(1, "error: Bad network definition, need at least a 'name' field\n")
        network = fields["name"]
        if network not in (state.get("networks") or []):
            raise Ended(2, "launch failed: Invalid network options supplied\n")
    if name in state["instances"]:
        raise Ended(2, f'launch failed: instance "{name}" already exists\n')
    memory, disk = size(parsed.memory or "1G", "memory"), size(parsed.disk or "5G", "disk")
    state["instances"][name] = {
        "state": "Running" if done else "Starting", "cpus": int(parsed.cpus or 1), "memory": memory, "disk": disk,
        "ipv4": state["addresses"], "release": parsed.image, "cloudInit": user_data, "snapshots": 0,
        "starting": state["startingLooks"], "network": network}
    if state.get("machine"):
        authorize(state["machine"], user_data)
    return f"Launched: {name}\n"


def authorize(root, user_data):
    """Lets those in whose keys cloud-init was given, on the machine that stands for the instance."""
    with open(f"{root}/root/.ssh/authorized_keys", "a", encoding="utf-8") as file:
        for key in dict.fromkeys(re.findall(r"(?:ssh|ecdsa)-\S+ [A-Za-z0-9+/=]+(?: [^\s\"']+)?", user_data)):
            file.write(key + "\n")


def start(state, arguments, _):
    for name in arguments:
        instance = found(state, "start", name)
        if instance["state"] == "Deleted":
            raise Ended(2, f'start failed: The following errors occurred:\ninstance "{name}" is deleted\n')
        if instance["state"] != "Running":
            instance["state"], instance["starting"] = "Starting", state["startingLooks"]
    return ""


def recover(state, arguments, _):
    for name in arguments:
        instance = found(state, "recover", name)
        if instance["state"] == "Deleted":
            instance["state"] = "Stopped"
    return ""


def delete(state, arguments, _):
    parser = Parser()
    parser.add_argument("-p", "--purge", action="store_true")
    parser.add_argument("name")
    parsed = parser.parse_args(arguments)
    instance = found(state, "delete", parsed.name)
    if instance["snapshots"] and not parsed.purge:
        raise Ended(2, "delete failed: Instance has snapshots: unable to query client for confirmation\n")
    if parsed.purge:
        del state["instances"][parsed.name]
    else:
        instance["state"] = "Deleted"
    return ""


def execute(state, arguments, _):
    if "--" not in arguments:
        raise Ended(1, "The fake wants -- before the command.\n")
    split = arguments.index("--")
    options, command = arguments[:split], arguments[split + 1:]
    if len(options) != 2 or options[1] != "--no-map-working-directory":
        raise Ended(1, f"Unknown option in {options}\n")
    instance = found(state, "exec", options[0])
    if instance["state"] == "Deleted":
        raise Ended(2, f'exec failed: instance "{options[0]}" is deleted\n')
    if instance["state"] != "Running":
        raise Ended(2, f'exec failed: instance "{options[0]}" is not running\n')
    if command != ["sh", "-c", "cloud-init status --wait; echo __rc=$?"]:
        raise Ended(127, f"sh: 1: {command}: not found\n")
    code = state["cloudInitCode"]
    return f"....\nstatus: {'error' if code == 1 else 'done'}\n__rc={code}\n"


COMMANDS = {"list": list_, "info": info, "networks": networks, "version": version, "get": get, "launch": launch,
            "start": start, "recover": recover, "delete": delete, "exec": execute}


def run(state, arguments):
    """What is written to the standard output; raises Ended for everything but 0."""
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        raise Ended(1, f"Error: Unknown command or alias '{command}' (try \"multipass help\")\n")
    for trouble in state["troubles"]:
        if trouble["command"] in (command, "*") and trouble["times"] > 0:
            trouble["times"] -= 1
            if trouble["isDone"]:
                COMMANDS[command](state, arguments[1:], False)
            raise Ended(-1 if trouble["hangs"] else trouble["exit"], trouble["errors"])
    return COMMANDS[command](state, arguments[1:], True)


def write(stream, text, state):
    if state["isWindows"]:
        text = text.replace("\n", "\r\n")
    stream.buffer.write(text.encode(state["encoding"]))
    stream.flush()


def main():
    touch = Touch(os.environ.get("TEST_TOUCHES"))
    if touch.before():
        sys.exit(2)
    with open(os.path.join(FOLDER, "lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = os.path.join(FOLDER, "state.json")
        with open(path, encoding="utf-8") as file:
            state = json.load(file)
        state["calls"].append(sys.argv[1:])
        try:
            ended = Ended(0, output=run(state, sys.argv[1:]))
        except Ended as error:
            ended = error
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(state, file)
        os.replace(path + ".new", path)
    if touch.after():
        sys.exit(2)
    if ended.code == -1:
        time.sleep(600)
    write(sys.stdout, ended.output, state)
    write(sys.stderr, ended.errors, state)
    sys.exit(ended.code)


if __name__ == "__main__":
    main()
