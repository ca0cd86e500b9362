"""Containers that really run: each a network of its own on the bridge `coolify`, in it the program itself, PostgreSQL or
Redis, with the variables that Coolify gives it.

What a container is: /machine/containers/NAME.json (address, program, environment), NAME.log, and a network namespace of
that name, whose processes are its processes. Its disk is the machine's own, but for its volumes.
"""

import fcntl
import json
import os
import shlex
import signal
import subprocess
import time

FOLDER = "/machine/containers"
VOLUMES = "/var/lib/volumes"
POSTGRES = "/usr/lib/postgresql"
# As the image sets them (containers/Dockerfile).
IMAGE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp",
         "HOST_DATA_FOLDER": "/data", "HOST_WEB_ADDRESS": "0.0.0.0"}
PROGRAM = "/usr/local/bin/host"


def call(*words, **options):
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)


def must(*words, **options):
    done = call(*words, **options)
    if done.returncode:
        raise OSError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


class Runtime:
    def __init__(self, told):
        self.told = told
        os.makedirs(FOLDER, exist_ok=True)
        os.makedirs(VOLUMES, exist_ok=True)

    # Containers of any kind

    def make(self, name, hosts=()):
        """A network for a container; its address."""
        if os.path.exists(self.path(name)):
            self.stop(name)
        with open(f"{FOLDER}/lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if call("ip", "link", "show", "coolify").returncode:
                must("ip", "link", "add", "coolify", "type", "bridge")
                must("ip", "addr", "add", "10.0.1.1/24", "dev", "coolify")
                must("ip", "link", "set", "coolify", "up")
            number = self.next_number()
            address, cable = f"10.0.1.{number}", f"c{number}"
            must("ip", "netns", "add", name)
            must("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name)
            must("ip", "link", "set", cable, "master", "coolify", "up")
            for words in (["link", "set", "lo", "up"], ["addr", "add", f"{address}/24", "dev", "eth0"],
                          ["link", "set", "eth0", "up"], ["route", "add", "default", "via", "10.0.1.1"]):
                must("ip", "-n", name, *words)
            with open(self.path(name), "w", encoding="utf-8") as file:
                json.dump({"address": address}, file)
            # All read one list of names, as those of one network of Docker ask one server.
            for host in hosts:
                with open("/etc/hosts", encoding="utf-8") as file:
                    lines = [line for line in file if line.split()[1:2] != [host]]
                with open("/etc/hosts", "w", encoding="utf-8") as file:
                    file.writelines([*lines, f"{address} {host}\n"])
        return address

    @staticmethod
    def next_number():
        used = {1}
        for name in os.listdir(FOLDER):
            if name.endswith(".json"):
                with open(f"{FOLDER}/{name}", encoding="utf-8") as file:
                    used.add(int(json.load(file)["address"].rpartition(".")[2]))
        return next(number for number in range(2, 250) if number not in used)

    @staticmethod
    def path(name):
        return f"{FOLDER}/{name}.json"

    def address(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)["address"]

    def start(self, name, words, environment, user=None, folder="/"):
        """Starts a program in the container, which goes on by itself."""
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
        with open(f"{FOLDER}/{name}.log", "ab") as log:
            subprocess.Popen(
                ["ip", "netns", "exec", name, *become, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=environment, start_new_session=True, cwd=folder)

    def pids(self, name):
        return [int(pid) for pid in call("ip", "netns", "pids", name).stdout.split()]

    def stop(self, name):
        """Asks it to end, then ends it."""
        if not os.path.exists(self.path(name)):
            return
        for number, wait in ((signal.SIGTERM, 10), (signal.SIGKILL, 60)):
            end = time.monotonic() + wait
            for pid in self.pids(name):
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
            while self.pids(name) and time.monotonic() < end:
                time.sleep(0.02)
        call("ip", "netns", "del", name)
        os.unlink(self.path(name))
        if os.path.exists(f"/machine/ports/{name}"):
            os.unlink(f"/machine/ports/{name}")

    def logs(self, name, lines=100):
        try:
            with open(f"{FOLDER}/{name}.log", encoding="utf-8", errors="replace") as file:
                return "\n".join(file.read().splitlines()[-lines:]) + "\n"
        except FileNotFoundError:
            return ""

    def exec(self, name, words, environment=None, **options):
        return subprocess.run(["ip", "netns", "exec", name, *words], env=environment, check=False, **options)

    # Databases

    @property
    def programs(self):
        return f"{POSTGRES}/{sorted(os.listdir(POSTGRES))[-1]}/bin"

    def start_database(self, data):
        name, volume = data["uuid"], f"{VOLUMES}/{data['_volume']}"
        self.make(name, [name])
        os.makedirs(volume, exist_ok=True)
        if data["_kind"] == "redis":
            # Debian's redis-tools have the server under another name.
            words = ["--bind", "0.0.0.0", "--port", "6379", "--dir", volume, "--appendonly", "yes", "--requirepass",
                     data["redis_password"], "--save", "", "--appendfsync", "no"]
            script = f"exec -a redis-server \"$(command -v redis-server || command -v redis-check-rdb)\" {shlex.join(words)}"
            return self.start(name, ["bash", "-c", script], IMAGE)
        must("chown", "-R", "postgres", volume)
        secret = f"/run/{name}.password"
        with open(secret, "w", encoding="utf-8") as file:
            file.write(data["postgres_password"])
        must("chown", "postgres", secret)
        user, database = shlex.quote(data["postgres_user"]), data["postgres_db"]
        script = f"""
            cd {volume}
            socket=/run/{name}; mkdir -p "$socket"
            if [ ! -f {volume}/PG_VERSION ]; then
                {self.programs}/initdb -D {volume} -U {user} --pwfile={secret} -A scram-sha-256 --no-sync >/dev/null || exit 1
                echo 'host all all all scram-sha-256' >>{volume}/pg_hba.conf
                echo 'CREATE DATABASE "{database}"' | {self.programs}/postgres --single -j -F -D {volume} postgres >/dev/null
            fi
            rm {secret}
            exec {self.programs}/postgres -D {volume} -F -c listen_addresses='*' -c port=5432 \\
                -c unix_socket_directories="$socket" -c shared_buffers=16MB -c max_connections=60
        """
        must("mkdir", "-p", f"/run/{name}")
        must("chown", "postgres", f"/run/{name}")
        self.start(name, ["sh", "-c", script], {**IMAGE, "LC_ALL": "C.UTF-8"}, user="postgres")

    def is_ready(self, data):
        if not self.pids(data["uuid"]):
            return None
        if data["_kind"] == "redis":
            done = self.exec(data["uuid"], ["redis-cli", "ping"], {**IMAGE, "REDISCLI_AUTH": data["redis_password"]},
                             capture_output=True, text=True)
            return done.stdout.strip() == "PONG"
        done = self.exec(data["uuid"], [
            f"{self.programs}/psql", "-h", "127.0.0.1", "-U", data["postgres_user"], "-d", data["postgres_db"], "-tAc",
            "select 1"], {**IMAGE, "PGPASSWORD": data["postgres_password"]}, capture_output=True, text=True)
        return done.stdout.strip() == "1"

    def remove_volume(self, name):
        call("rm", "-rf", f"{VOLUMES}/{name}")

    def dump(self, data):
        done = self.exec(data["uuid"], [
            f"{self.programs}/pg_dump", "-h", "127.0.0.1", "--format=custom", "--no-acl", "--no-owner", "--username",
            data["postgres_user"], data["postgres_db"]], {**IMAGE, "PGPASSWORD": data["postgres_password"]},
            capture_output=True)
        if done.returncode:
            raise OSError(done.stderr.decode(errors="replace"))
        return done.stdout

    def execute(self, data, program, arguments, environment, has_input):
        """docker exec; inside of the image its own socket asks for no password."""
        own = {**IMAGE, "PGPASSWORD": data.get("postgres_password", ""), "PGHOST": "127.0.0.1", **environment}
        # Redis asks for its password here too.
        path = program if data["_kind"] == "redis" else f"{self.programs}/{program}"
        return self.exec(data["uuid"], [path, *arguments], own, stdin=None if has_input else subprocess.DEVNULL).returncode

    # Applications

    def start_application(self, application, container):
        """Begins; whether it is healthy is asked later."""
        name = container["name"]
        address = self.make(name, [application["uuid"], name])
        environment = {**IMAGE, **container["variables"]}
        with open(self.path(name), "w", encoding="utf-8") as file:
            json.dump({"address": address, "environment": environment}, file)
        # Each has a data folder of its own, as an image's unnamed volume is; the mount is seen by nobody else.
        data = f"{VOLUMES}/{name}"
        must("install", "-d", "-o", "10001", "-m", "700", data, "/etc/price-monitor")
        self.start(name, ["unshare", "--mount", "sh", "-c",
                          f"mkdir -p /data && mount --bind {data} /data && exec setpriv --reuid=10001 --regid=10001"
                          f" --clear-groups {PROGRAM} run"], environment, folder="/etc/price-monitor")
        if application["ports_exposes"]:
            os.makedirs("/machine/ports", exist_ok=True)
            with open(f"/machine/ports/{name}", "w", encoding="utf-8") as file:
                file.write(f"{address}:{application['ports_exposes'].split(',')[0]}")

    def execute_host(self, name, arguments):
        """docker exec of the program beside the one that serves."""
        with open(self.path(name), encoding="utf-8") as file:
            environment = json.load(file)["environment"]
        words = ["setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", PROGRAM, *arguments]
        return self.exec(name, words, environment, stdin=subprocess.DEVNULL).returncode

    def is_healthy(self, application, container):
        """None where it ended; where nothing is to be asked it is healthy as long as it runs."""
        name = container["name"]
        if not self.pids(name):
            return None
        if not application["health_check_enabled"]:
            return True
        with open(self.path(name), encoding="utf-8") as file:
            environment = json.load(file)["environment"]
        command = application["health_check_command"] if application["health_check_type"] == "cmd" else "exit 1"
        done = self.exec(name, ["setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "sh", "-c", command],
                         environment, capture_output=True, cwd="/etc/price-monitor")
        return done.returncode == 0
