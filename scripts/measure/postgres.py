"""A PostgreSQL server for the time of a measurement, and what a large database costs."""
import contextlib, datetime, pathlib, re, subprocess, sys, time

from .household import account_and_token
from .places import ROOT, say
from .program import Program, processor_seconds
from .table import percentile


class Server:
    """Started durable, with the defaults of the package, in a folder that its own user can reach."""

    def __init__(self, folder):
        self.folder = folder
        self.url = subprocess.run([ROOT / "scripts/postgres", "start", folder], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout.strip()
        self.postmaster = int((folder / "data/postmaster.pid").read_text().split()[0])

    def processor(self):
        """Seconds that the server and its connections have used; those that have ended are not in it."""
        children = pathlib.Path(f"/proc/{self.postmaster}/task/{self.postmaster}/children").read_text().split()
        return sum(processor_seconds(pid) for pid in [self.postmaster, *map(int, children)])

    def run(self, sql):
        return subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url, "-c", sql], check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()

    def milliseconds(self, sql, times):
        """How long a statement takes by this side's clock, with its commit, so many times one after the other.

        All on one connection, as the program keeps one: the first time, which reads the catalogue, is left out.
        """
        script = "\\timing on\n\\o /dev/null\n" + f"{sql};\n" * (times + 1)
        said = subprocess.run(["psql", "-qXAt", "-v", "ON_ERROR_STOP=1", self.url], input=script, check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        return [float(figure) for figure in re.findall(r"^Time: ([\d.]+) ms", said, re.M)][1:]


@contextlib.contextmanager
def server(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for place in [folder, *folder.parents]:
        if place == pathlib.Path("/tmp"):
            break
        place.chmod(0o755)
    running = Server(folder)
    try:
        yield running
    finally:
        subprocess.run([ROOT / "scripts/postgres", "stop", folder], check=True)


FILL = """
INSERT INTO product (id, owner_id, name, created_at)
SELECT 'p' || n, (SELECT id FROM account), 'Article ' || n, {now} FROM generate_series(1, {listings}) AS n;
INSERT INTO listing (id, product_id, owner_id, url, site, interval_ms, is_paused, due_at, queued_until, created_at,
                     price_minor, currency, availability, since_at, last_outcome, last_check_at, failures)
SELECT 'l' || n, 'p' || n, (SELECT id FROM account), 'https://shop.example/' || n, 'shop.example', 86400000, 0,
       {now} + 3600000 + n * 86, 0, {now}, 1000 + n % 900, 'EUR', 'inStock', {now}, 'ok', {now}, 0
  FROM generate_series(1, {listings}) AS n;
"""
RUNS = """
INSERT INTO history_run (id, listing_id, from_at, to_at, checks, price_minor, currency, availability, standing,
                         strategy, confidence, evidence)
SELECT 'r' || n || '-' || k, 'l' || n, {now} - (k + 1)::bigint * {step}, {now} - k::bigint * {step} - 1, 12, 1000 + (n * 7 + k * 31) % 900,
       'EUR', 'inStock', 'accepted', 'json-ld', 0.9, '[]'
  FROM generate_series(1, {owners}) AS n, generate_series(0, {each} - 1) AS k;
"""
# What a turn of the scheduler takes, and how.
BATCH = 250
TAKE = """
UPDATE listing SET queued_until = {now} + 600000 WHERE ctid = ANY (ARRAY (
    SELECT ctid FROM listing WHERE is_paused = 0 AND due_at <= {now} + 86400000 AND queued_until <= {now}
     ORDER BY due_at LIMIT {batch} FOR NO KEY UPDATE SKIP LOCKED
)) RETURNING id, product_id, url, due_at, window_days, window_from, window_to, window_zone
"""


def quarters(database, years):
    """Tables for the quarters before this one, as an import makes them."""
    now = datetime.datetime.now(datetime.timezone.utc)
    for year in range(now.year - years, now.year + 1):
        for number in range(1, 5):
            start, end = (datetime.datetime(year + (n - 1) // 4, (n - 1) % 4 * 3 + 1, 1, tzinfo=datetime.timezone.utc)
                          for n in (number, number + 1))
            if end <= now:
                borders = [int(moment.timestamp() * 1000) for moment in (start, end)]
                database.run(f"CREATE TABLE history_run_{year}q{number} PARTITION OF history_run "
                             f"FOR VALUES FROM ({borders[0]}) TO ({borders[1]})")


def large(table, options, folder):
    """Pages and due listings with as many listings and history runs as the options say."""
    with server(folder / "postgres") as database:
        Program.extra = options.set + [f"database.url={database.url}"]
        note = f"({options.large_listings:,} listings, {options.large_runs:,} runs)"
        now = int(time.time() * 1000)
        with Program(folder, "large.log") as program:
            _, session = account_and_token(program)
            say(f"filling the database {note}")
            database.run(FILL.format(now=now, listings=options.large_listings))
            # 100 runs each, a week long: over two years.
            quarters(database, 2)
            owners = max(options.large_runs // 100, 1)
            database.run(RUNS.format(now=now, step=7 * 86_400_000, owners=owners, each=min(options.large_runs, 100)))
            # Else the server would still be seeing to what was just filled in.
            for statement in ["VACUUM ANALYZE", "CHECKPOINT"]:
                database.run(statement)
            table.add(f"taking {BATCH} due listings {note}", "ms",
                      database.milliseconds(TAKE.format(now=now, batch=BATCH), options.runs * 6))
            pages, times = ["/products/p{}", "/"], {}
            for path in pages:
                for number in range(1, 101):
                    asked = time.monotonic()
                    status, _, text = program.request("GET", path.format(number * owners // 101 + 1),
                                                      headers={"Cookie": session})
                    if status != 200:
                        sys.exit(f"GET {path} answered {status}: {text[:500]}")
                    times.setdefault(path, []).append((time.monotonic() - asked) * 1000)
            for path, name in zip(pages, ["product page", "product list"]):
                table.add(f"{name} {note}", "ms", times[path])
                table.add(f"the same, 99th percentile {note}", "ms", [percentile(times[path], 0.99)])
