"""The shop that is put under load."""
import contextlib, pathlib, subprocess, sys, time

from .places import ROOT, SHARED

# The last one is ours: the same pages, in whose text a line is another one in each answer.
PORTS = {"static": 18480, "dynamic": 18481, "changing": 18483}
PAGES = 500


def addresses(kind, count):
    """`count` different addresses; the shop ignores the query, so that any number of them have pages."""
    return [f"http://127.0.0.1:{PORTS[kind]}/p/{n % PAGES}" + (f"?n={n // PAGES}" if n >= PAGES else "")
            for n in range(count)]


def change_prices(epoch):
    """Every fifth product gets another price."""
    subprocess.run([SHARED / "bench/origin", "epoch", ROOT / ".build-bench/origin", str(epoch)], check=True,
                   stdout=sys.stderr)


CHANGING = """
worker_processes 1;
pid {place}/run/changing.pid;
error_log {place}/run/changing-error.log warn;
worker_rlimit_nofile 16384;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  default_type "text/html; charset=utf-8";
  types {{ }}
  {folders}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    root {place}/pages/current;
    sub_filter "</body>" "<p>Answer $request_id</p></body>";
    sub_filter_types *;
  }}
}}
"""
FOLDERS = ["client_body_temp_path", "proxy_temp_path", "fastcgi_temp_path", "uwsgi_temp_path", "scgi_temp_path"]


@contextlib.contextmanager
def changing(place):
    """A second server over the pages of the first; gives the ids of its processes."""
    folders = "".join(f"{name} {place}/run/changing; " for name in FOLDERS)
    config = place / "changing.conf"
    config.write_text(CHANGING.format(place=place, port=PORTS["changing"], folders=folders))
    subprocess.run(["nginx", "-p", place, "-c", config], check=True, stdout=sys.stderr)
    try:
        yield processes(place / "run/changing.pid")
    finally:
        subprocess.run(["nginx", "-p", place, "-c", config, "-s", "stop"], check=True, stdout=sys.stderr)


def processes(pid_file):
    """A master that has just been started has no workers yet."""
    master, workers = int(pid_file.read_text()), []
    while not workers:
        time.sleep(0.05)
        workers = pathlib.Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [master, *map(int, workers)]


@contextlib.contextmanager
def origin():
    """The shop, started for this run; gives the ids of its processes."""
    place = ROOT / ".build-bench/origin"
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run([SHARED / "bench/origin", "start", place], check=True, stdout=sys.stderr)
    try:
        with changing(place) as more:
            yield processes(place / "run/nginx.pid") + more
    finally:
        subprocess.run([SHARED / "bench/origin", "stop", place], check=True)
