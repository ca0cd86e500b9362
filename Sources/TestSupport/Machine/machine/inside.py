"""The first process of a machine: puts its root together, starts its programs, and does what it is told.

The root is an overlay over this system's own, because that takes a moment where debootstrap takes more than a minute;
what is written stays in memory, and nothing of it reaches the system below.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))

OS_RELEASE = """\
PRETTY_NAME="Ubuntu 22.04.5 LTS"
NAME="Ubuntu"
VERSION_ID="22.04"
VERSION="22.04.5 LTS (Jammy Jellyfish)"
VERSION_CODENAME=jammy
ID=ubuntu
ID_LIKE=debian
UBUNTU_CODENAME=jammy
"""
SSHD = """\
Port 22
HostKey /etc/ssh/ssh_host_ed25519_key
PidFile /run/sshd.pid
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile .ssh/authorized_keys
UsePAM no
UseDNS no
MaxStartups 200
MaxSessions 200
PrintMotd no
Subsystem sftp internal-sftp
"""


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def make_root(folder, settings):
    disk = os.path.join(folder, "disk")
    os.mkdir(disk)
    # Upper and lower must not lie in one file system.
    mount("-t", "tmpfs", "-o", "mode=755,size=40g", "tmpfs", disk)
    upper, work, root = (os.path.join(disk, name) for name in ("upper", "work", "root"))
    for path in (upper, work, root):
        os.mkdir(path)
    mount("-t", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", "overlay", root)
    for name in ("machine", "opt/machine", "data", "root", "run", "tmp", "proc", "dev"):
        os.makedirs(os.path.join(root, name), exist_ok=True)
    mount("-t", "proc", "proc", f"{root}/proc")
    mount("--rbind", "/dev", f"{root}/dev")
    # What is in the operator's own home or temporary folder is none of the machine's business.
    for name, mode in (("root", "700"), ("run", "755"), ("tmp", "1777")):
        mount("-t", "tmpfs", "-o", f"mode={mode}", "tmpfs", f"{root}/{name}")
    mount("-t", "tmpfs", "-o", f"mode=755,size={settings['dataMiB']}m", "tmpfs", f"{root}/data")
    mount("--bind", os.path.join(folder, "shared"), f"{root}/machine")
    mount("--bind", os.path.join(HERE, ".."), f"{root}/opt/machine")
    if settings.get("program"):
        # It may lie where this system has another file system.
        open(f"{root}/usr/local/bin/host", "w", encoding="utf-8").close()
        mount("--bind", settings["program"], f"{root}/usr/local/bin/host")
    os.chroot(root)
    os.chdir("/")


def furnish(settings):
    for path in ("/etc/os-release", "/usr/lib/os-release"):
        if os.path.lexists(path):
            os.unlink(path)
    write("/usr/lib/os-release", OS_RELEASE)
    os.symlink("../usr/lib/os-release", "/etc/os-release")
    write("/etc/hostname", "machine\n")
    write("/etc/hosts", "127.0.0.1 localhost machine\n")
    subprocess.run(["hostname", "machine"], check=False)
    os.makedirs("/root/.ssh", mode=0o700)
    write("/root/.ssh/authorized_keys", settings["publicKey"] + "\n", 0o600)
    for name in os.listdir("/etc/ssh"):
        if name.startswith("ssh_host_"):
            os.unlink(f"/etc/ssh/{name}")
    write("/etc/ssh/sshd_config", SSHD)
    # Of accounts without a password, OpenSSH lets those in that are not locked.
    with open("/etc/shadow", encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("root:")]
    write("/etc/shadow", "root:*:19000:0:99999:7:::\n" + "".join(lines), 0o640)
    os.makedirs("/run/sshd", exist_ok=True)
    make_host_key()
    for name, target in (("docker", "docker.py"), ("cloud-init", "cloud-init.py")):
        path = f"/usr/local/bin/{name}"
        if os.path.lexists(path):
            os.unlink(path)
        os.symlink(f"/opt/machine/machine/{target}", path)


def make_host_key():
    path = "/etc/ssh/ssh_host_ed25519_key"
    for name in (path, path + ".pub"):
        if os.path.exists(name):
            os.unlink(name)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "machine", "-f", path], check=True)


def spawn(*words, log):
    with open(f"/run/{log}.log", "ab") as file:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)


class Machine:
    def __init__(self, number, settings):
        self.number, self.settings, self.last = number, settings, 2
        self.sshd = None
        self.started = []

    @property
    def address(self):
        return f"10.251.{self.number}.{self.last}"

    def start(self):
        for words in (["link", "set", "lo", "up"], ["addr", "add", f"{self.address}/29", "dev", "eth0"],
                      ["link", "set", "eth0", "up"], ["route", "add", "default", "via", f"10.251.{self.number}.1"]):
            subprocess.run(["ip", *words], check=True)
        write("/machine/address", self.address)
        self.start_sshd()
        python = "/usr/bin/python3"
        self.started.append(spawn(python, "/opt/machine/machine/downloads.py", log="downloads"))
        self.started.append(spawn(python, "/opt/machine/machine/front.py", log="front"))
        said = {"address": self.address}
        for port in (22, 8089, 443, 80):
            wait_for(port)
        if self.settings["registry"] is not None:
            import registry
            self.started.append(registry.start(self.settings["registry"], spawn))
            wait_for(5000)
            said["digests"] = registry.fill(self.settings["registry"])
        return said

    def start_sshd(self):
        self.sshd = spawn("/usr/sbin/sshd", "-D", "-e", log="sshd")
        return "ok"

    # Commands

    def close_port(self):
        """Those who are in are thrown out too."""
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
                    if file.read() == "sshd\n":
                        os.kill(int(pid), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                pass
        self.sshd.wait()
        return "ok"

    def open_port(self):
        self.start_sshd()
        wait_for(22)
        return "ok"

    def change_host_key(self):
        self.close_port()
        make_host_key()
        return self.open_port()

    def change_address(self):
        old = self.address
        self.last = 2 if self.last == 6 else self.last + 1
        # A second address of a network goes with the first.
        for words in (["addr", "del", f"{old}/29", "dev", "eth0"], ["addr", "add", f"{self.address}/29", "dev", "eth0"],
                      ["route", "replace", "default", "via", f"10.251.{self.number}.1"]):
            subprocess.run(["ip", *words], check=True)
        write("/machine/address", self.address)
        return self.address

    def fill(self):
        """Leaves nothing on /data, by making it as small as what is on it."""
        found = os.statvfs("/data")
        used = max(1, (found.f_blocks - found.f_bfree) * found.f_frsize // 1024)
        mount("-o", f"remount,size={used}k", "/data")
        return "ok"

    def free(self):
        mount("-o", f"remount,size={self.settings['dataMiB']}m", "/data")
        return "ok"

    def set_registry_login(self, user, password):
        import registry
        self.settings["registry"].update(user=user, password=password)
        registry.set_login(user, password)
        return "ok"

    def push(self, tag, words):
        import registry
        return registry.push(tag, self.settings["registry"], words)

    def run(self, script):
        """A script of the test's own."""
        done = subprocess.run(["sh", "-c", script], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        return {"code": done.returncode, "output": done.stdout, "errors": done.stderr}


def wait_for(port):
    """Until somebody listens there."""
    for _ in range(6000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError(f"Nobody listens on port {port}: see /run/*.log.")


def main():
    folder, settings = sys.argv[1], json.loads(sys.argv[2])
    print("begun", flush=True)
    make_root(folder, settings)
    sys.path.insert(0, "/opt/machine/machine")
    sys.path.insert(0, "/opt/machine/coolify")
    furnish(settings)
    machine = Machine(int(sys.stdin.readline()), settings)
    # Orphans stay as they ended: they are few, and the machine is not for long.
    print(json.dumps(machine.start()), flush=True)
    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            answer = {"answer": getattr(machine, name)(*words)}
        except Exception as error:  # The test is told, whatever it is.
            answer = {"error": f"{name}: {error!r}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
