"""The program under measurement, and what the system says about its process."""
import collections, contextlib, http.client, json, os, pathlib, re, signal, socket, subprocess, sys, time

from .places import HOST

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def written_megabytes(pid):
    return int(re.search(r"^write_bytes: (\d+)", pathlib.Path(f"/proc/{pid}/io").read_text(), re.M)[1]) / 1e6


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One running `host --role all` on a data folder of its own; with `workers` one of the other roles, and so many."""

    extra = []  # settings from the command line
    workers = 0  # processes that do the jobs; 0 for one that does everything
    database = None  # the server that holds the data, where it is one

    def __init__(self, folder, log_name):
        self.port = free_port()
        self.settings = [argument for pair in {
            "data.folder": folder, "web.port": self.port, "log.level": "warning",
            "check.minimumIntervalSeconds": 1, "check.standardIntervalSeconds": 1,
            "fetch.hostPauseMilliseconds": 0, "fetch.hostConcurrency": 64, "fetch.allowPrivateHosts": "127.0.0.1",
        }.items() for argument in ("--set", f"{pair[0]}={pair[1]}")]
        self.settings += [argument for setting in Program.extra for argument in ("--set", setting)]
        self.log = open(folder / log_name, "w+")
        began = time.monotonic()
        self.process = self.start("web,scheduler" if self.workers else "all")
        while not self.answers("/health"):
            if self.process.poll() is not None or time.monotonic() - began > 30:
                self.log.seek(0)
                sys.exit(f"The program gave no answer to GET /health. What it wrote:\n{self.log.read()}")
            time.sleep(0.002)
        self.first_answer = (time.monotonic() - began) * 1000
        # Each tells its own part of the figures.
        ports = [free_port() for _ in range(self.workers)]
        self.ports = [self.port, *ports]
        self.processes = [self.process, *(self.start("worker", "--set", f"health.port={port}") for port in ports)]

    def start(self, role, *settings):
        return subprocess.Popen([HOST, "run", "--role", role, *self.settings, *settings], stdin=subprocess.DEVNULL,
                                stdout=self.log, stderr=self.log)

    def answers(self, path):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.request("GET", path)[0] == 200
        return False

    def request(self, method, path, body=None, headers=None, connection=None, port=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
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
        """A line of /proc/PID/status in MB: VmRSS is what is resident now, VmHWM the most that ever was; of the largest."""
        texts = [pathlib.Path(f"/proc/{process.pid}/status").read_text() for process in self.processes]
        return max(int(re.search(rf"^{field}:\s+(\d+) kB", text, re.M)[1]) for text in texts) / 1000

    def processor(self):
        return sum(processor_seconds(process.pid) for process in self.processes)

    def written(self):
        return sum(written_megabytes(process.pid) for process in self.processes)

    def metrics(self):
        """What all processes tell, one text behind the other."""
        return "".join(self.request("GET", "/metrics", port=port)[2] for port in self.ports)

    def metric(self, name):
        text = self.metrics()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if re.match(rf"{name}[{{ ]", line))

    def outcomes(self):
        found = re.findall(r'^host_checks_total\{.*?outcome="(\w+)".*?\} (\S+)', self.metrics(), re.M)
        counts = collections.Counter()
        for name, count in found:
            counts[name] += int(float(count))
        return dict(+counts)

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                sys.exit("The program did not end within 15 s after SIGTERM.")
        self.log.close()
        for process in self.processes:
            if process.returncode != 0:
                sys.exit(f"The program ended with {process.returncode} after SIGTERM, not 0.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
