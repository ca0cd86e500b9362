"""The program under measurement, and what the system says about its process."""
import contextlib, http.client, json, os, pathlib, re, signal, socket, subprocess, sys, time

from .places import HOST

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def written_megabytes(pid):
    return int(re.search(r"^write_bytes: (\d+)", pathlib.Path(f"/proc/{pid}/io").read_text(), re.M)[1]) / 1e6


class Program:
    """One running `host --role all` on a data folder of its own."""

    extra = []  # settings from the command line
    database = None  # the server that holds the data, where it is one

    def __init__(self, folder, log_name):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.settings = [argument for pair in {
            "data.folder": folder, "web.port": self.port, "log.level": "warning",
            "check.minimumIntervalSeconds": 1, "check.standardIntervalSeconds": 1,
            "fetch.hostPauseMilliseconds": 0, "fetch.hostConcurrency": 64, "fetch.allowPrivateHosts": "127.0.0.1",
        }.items() for argument in ("--set", f"{pair[0]}={pair[1]}")]
        self.settings += [argument for setting in Program.extra for argument in ("--set", setting)]
        self.log = open(folder / log_name, "w+")
        began = time.monotonic()
        self.process = subprocess.Popen([HOST, "run", "--role", "all", *self.settings], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        while not self.answers("/health"):
            if self.process.poll() is not None or time.monotonic() - began > 30:
                self.log.seek(0)
                sys.exit(f"The program gave no answer to GET /health. What it wrote:\n{self.log.read()}")
            time.sleep(0.002)
        self.first_answer = (time.monotonic() - began) * 1000

    def answers(self, path):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.request("GET", path)[0] == 200
        return False

    def request(self, method, path, body=None, headers=None, connection=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        own.request(method, path, body, headers or {})
        response = own.getresponse()
        data = response.read().decode()
        if connection is None:
            own.close()
        return response.status, response, data

    def get_json(self, path, token):
        status, _, text = self.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        if status != 200:
            sys.exit(f"GET {path} answered {status}: {text[:500]}")
        return json.loads(text)

    def verb(self, *words):
        return subprocess.run([HOST, *words, *self.settings], check=True, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE).stdout

    def status(self, field):
        """A line of /proc/PID/status in MB: VmRSS is what is resident now, VmHWM the most that ever was."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{field}:\s+(\d+) kB", text, re.M)[1]) / 1000

    def metric(self, name):
        _, _, text = self.request("GET", "/metrics")
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if re.match(rf"{name}[{{ ]", line))

    def outcomes(self):
        _, _, text = self.request("GET", "/metrics")
        found = re.findall(r'^host_checks_total\{.*?outcome="(\w+)".*?\} (\S+)', text, re.M)
        return {name: int(float(count)) for name, count in found if float(count) > 0}

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                sys.exit("The program did not end within 15 s after SIGTERM.")
        self.log.close()
        if self.process.returncode != 0:
            sys.exit(f"The program ended with {self.process.returncode} after SIGTERM, not 0.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
