"""Points at which a test has a program killed: every touch of the outer world is counted in one folder.

    count    how many there were
    before   the number of the touch before which the victim is killed
    after    the number of the touch after which it is killed
    victim   what the victim has in its environment as TEST_VICTIM
    killed   written when it was

The victim is killed by what it touches, and never gets the answer.
"""

import fcntl
import json
import os
import signal
import socket
import time


class Touch:
    """One touch: `before()` where the thing is not done yet, `after()` where it is; each says whether it killed."""

    def __init__(self, folder):
        self.folder, self.number = folder, 0
        if not folder or not os.path.isdir(folder):
            self.folder = None
            return
        with open(os.path.join(folder, "lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.number = (self.read("count") or 0) + 1
            self.write("count", str(self.number))

    def before(self):
        return self.moment("before")

    def after(self):
        return self.moment("after")

    def moment(self, name):
        if not self.folder or self.read(name) != self.number:
            return False
        with open(os.path.join(self.folder, "victim"), encoding="utf-8") as file:
            victim = file.read().strip()
        # Written before, for the test may go on as soon as its program is dead.
        self.write("killed", f"{name} {self.number}")
        killed = self.kill(victim)
        if not killed:
            os.unlink(os.path.join(self.folder, "killed"))
        return bool(killed)

    def kill(self, victim):
        """A machine has processes of its own, and asks one that sees all to do it."""
        path = os.path.join(os.path.dirname(os.path.abspath(self.folder)), "killer")
        if not os.path.exists(path) or os.environ.get("TEST_VICTIM"):
            return kill(victim)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(path)
            connection.sendall(victim.encode())
            return json.loads(connection.recv(10_000))

    def read(self, name):
        try:
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                return int(file.read() or 0)
        except FileNotFoundError:
            return None

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(path + ".new", path)


def kill(victim):
    """Kills each program named host that carries the mark, and returns when none runs any more."""
    found = [pid for pid in os.listdir("/proc") if pid.isdigit() and is_victim(pid, victim)]
    for pid in found:
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass
    while any(runs(pid) for pid in found):
        time.sleep(0.005)
    return found


def is_victim(pid, victim):
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as file:
            if file.read().strip() != "host":
                return False
        with open(f"/proc/{pid}/environ", "rb") as file:
            return f"TEST_VICTIM={victim}".encode() in file.read().split(b"\0")
    except OSError:
        return False


def runs(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
