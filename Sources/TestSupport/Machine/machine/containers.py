"""Coolify's own containers on the machine: which there are, and the program that stands for the first of them."""

import json
import os
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, "/opt/machine/coolify")

import control as told  # noqa: E402
from store import Store  # noqa: E402

STATE = "/machine/coolify"
# What compose made: {"version", "host"}; not there before.
MADE = "/machine/coolify-made.json"
PID = "/run/coolify.pid"
# What the health check of the real one prints is in what Docker shows, with its line ends.
PROBE = {"Start": "2026-01-01T00:00:00Z", "End": "2026-01-01T00:00:01Z", "ExitCode": 0,
         "Output": "  % Total    % Received % Xferd\r  0     0\r100     2  100     2\nOK"}
ENVIRONMENT = "/data/coolify/source/.env"
OVERRIDE = "/data/coolify/source/docker-compose.custom.yml"
OWN = ("coolify", "coolify-db", "coolify-redis", "coolify-realtime")


class Trouble(Exception):
    """What Docker says."""


def compose_up(version):
    """Makes the containers as the files say, and starts them."""
    host = "0.0.0.0"
    if os.path.exists(OVERRIDE):
        with open(OVERRIDE, encoding="utf-8") as file:
            text = file.read()
        if re.search(r"127\.0\.0\.1:(\$\{APP_PORT:-8000\}|8000):8080", text):
            if "!override" not in text:
                raise Trouble("Error response from daemon: Bind for 127.0.0.1:8000 failed: port is already allocated")
            host = "127.0.0.1"
    with open(MADE, "w", encoding="utf-8") as file:
        json.dump({"version": version, "host": host}, file)
    stop()
    start()


def made():
    """None where there are none."""
    if not os.path.exists(MADE):
        return None
    with open(MADE, encoding="utf-8") as file:
        return json.load(file)


def start():
    found = made()
    if not found:
        raise Trouble("Error response from daemon: No such container: coolify")
    with open("/machine/address", encoding="utf-8") as file:
        address = file.read()
    words = ["/opt/machine/fake-coolify.py", "--state", STATE, "--host", found["host"], "--port", "8000", "--ip", address,
             "--touches", "/machine/touches", "--environment", ENVIRONMENT, "--backups", "--version", found["version"]]
    with open("/run/coolify.log", "ab") as log:
        process = subprocess.Popen(
            ["/usr/bin/python3", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    with open(PID, "w", encoding="utf-8") as file:
        file.write(str(process.pid))
    with Store(STATE) as store:
        store.sql.execute("delete from counters where name = 'health'")


def stop():
    pid = running()
    if pid:
        os.kill(pid, signal.SIGKILL)
        while running():
            time.sleep(0.01)


def running():
    """The process of the first container; None where it does not run."""
    try:
        with open(PID, encoding="utf-8") as file:
            pid = int(file.read() or 0)
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return pid if file.read().rpartition(")")[2].split()[0] not in "ZX" else None
    except (FileNotFoundError, ProcessLookupError):
        return None


def inspect(name):
    """As Docker shows one of Coolify's containers; None where there is none."""
    found = made()
    if not found or name not in OWN:
        return None
    state = {"Status": "running" if running() else "exited", "Running": bool(running()), "ExitCode": 0,
             "StartedAt": "2026-01-01T00:00:00Z", "Health": {"Status": health() if name == "coolify" else "healthy", "FailingStreak": 0, "Log": [PROBE]}}
    version = told.read(STATE)["version"] or found["version"]
    image = f"ghcr.io/coollabsio/coolify:{version}" if name == "coolify" else f"{name}:of-a-test"
    return {"Name": f"/{name}", "State": state, "Config": {"Image": image, "Env": []}, "RestartCount": 0}


def health():
    """Each question is a look."""
    with Store(STATE) as store:
        after = told.read(STATE)["healthAfter"]
        if not running():
            return "unhealthy"
        if after and (after < 0 or store.count("health") < after):
            return "starting"
        return "healthy"
