#!/usr/bin/python3
"""Starts one machine of TestMachine and stays with it: launch.py FOLDER SETTINGS

FOLDER is a new one, of which `shared` is /machine inside. SETTINGS is a JSON object: publicKey, registry (null, {} or
{user, password}), dataMiB, program (a path, of what applications really run, or null). The first line of the output says {"address", "pid"}; then each line of the input is a
command, each line of the output the answer to one. The machine ends with this program, however that ends: the kernel
takes away its processes, its network and its file systems with its first process.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "coolify"))

from touches import kill  # noqa: E402

PR_SET_PDEATHSIG = 1


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def ip(*words):
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=False)


def connect(pid):
    """A cable between here and the machine, by the first network that nobody has; the number of it.

    To make the link is to claim its number: it fails where there is one of this name.
    """
    for number in range(1, 250):
        made = ip("link", "add", f"pma-{number}", "type", "veth", "peer", "name", "eth0", "netns", str(pid))
        if made.returncode == 0:
            # One that just ended may still have its addresses.
            if f" 10.251.{number}.1/" in ip("-o", "-4", "addr").stdout:
                ip("link", "del", f"pma-{number}")
                continue
            for words in (["addr", "add", f"10.251.{number}.1/29", "dev", f"pma-{number}"],
                          ["link", "set", f"pma-{number}", "up"]):
                ip(*words).check_returncode()
            return number
        if "exists" not in made.stderr:
            sys.exit(f"No network for the machine: {made.stderr}")
    sys.exit("No network for the machine: 249 others are in use.")


def serve_kills(path):
    """Whom the machine's own programs cannot see is killed from here."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(16)

    def serve():
        while True:
            connection, _ = server.accept()
            with connection:
                victim = connection.recv(1000).decode()
                connection.sendall(json.dumps(kill(victim)).encode())
    threading.Thread(target=serve, daemon=True).start()


def main():
    folder, settings = sys.argv[1], sys.argv[2]
    shared = os.path.join(folder, "shared")
    for name in ("coolify", "touches", "certificates"):
        os.makedirs(os.path.join(shared, name), exist_ok=True)
    serve_kills(os.path.join(shared, "killer"))
    inside = subprocess.Popen(
        ["unshare", "--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "--kill-child", "--propagation", "private",
         "/usr/bin/python3", os.path.join(HERE, "inside.py"), folder, settings],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, preexec_fn=die_with_parent)
    # It has its network from here on.
    if inside.stdout.readline() != "begun\n":
        sys.exit("The machine did not begin.")
    number = connect(inside.pid)
    print(number, file=inside.stdin, flush=True)
    answer = inside.stdout.readline()
    if not answer:
        sys.exit("The machine did not start.")
    with open(f"/proc/{inside.pid}/task/{inside.pid}/children", encoding="utf-8") as file:
        pid = int(file.read().split()[0])
    print(json.dumps({"pid": pid, **json.loads(answer)}), flush=True)
    for line in sys.stdin:
        print(line, end="", file=inside.stdin, flush=True)
        print(inside.stdout.readline(), end="", flush=True)


if __name__ == "__main__":
    main()
