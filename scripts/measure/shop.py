"""The shop that is put under load."""
import contextlib, pathlib, subprocess, sys

from .places import ROOT, SHARED

PORTS = {"static": 18480, "dynamic": 18481}
PAGES = 500


def addresses(kind, count):
    """`count` different addresses; the shop ignores the query, so that any number of them have pages."""
    return [f"http://127.0.0.1:{PORTS[kind]}/p/{n % PAGES}" + (f"?n={n // PAGES}" if n >= PAGES else "")
            for n in range(count)]


def change_prices(epoch):
    """Every fifth product gets another price."""
    subprocess.run([SHARED / "bench/origin", "epoch", ROOT / ".build-bench/origin", str(epoch)], check=True,
                   stdout=sys.stderr)


@contextlib.contextmanager
def origin():
    """The shop, started for this run; gives the ids of its processes."""
    place = ROOT / ".build-bench/origin"
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run([SHARED / "bench/origin", "start", place], check=True, stdout=sys.stderr)
    try:
        master = int((place / "run/nginx.pid").read_text())
        workers = pathlib.Path(f"/proc/{master}/task/{master}/children").read_text().split()
        yield [master, *map(int, workers)]
    finally:
        subprocess.run([SHARED / "bench/origin", "stop", place], check=True)
