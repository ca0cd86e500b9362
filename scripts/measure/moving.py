"""How many runs of the history an export and an import move in a second, on both engines."""
import sqlite3, subprocess, sys, time

from .places import HOST, say
from .postgres import server

RUNS = 500_000
LISTINGS = 2000

# As a check of a page with structured data leaves it.
EVIDENCE = ('[{"confidence":0.9,"field":"price","path":"$.offers[0].price","strategy":"json-ld","text":"1.299,00 €",'
            '"value":"1299.00 EUR"}]')


def host(*arguments):
    """Runs the program to its end; says how many seconds it took."""
    began = time.monotonic()
    ended = subprocess.run([HOST, *arguments, "--set", "log.level=warning"], text=True, capture_output=True, check=False)
    if ended.returncode:
        sys.exit(f"host {arguments[0]} failed: {ended.stderr}")
    return time.monotonic() - began


def fill(path):
    """A history of RUNS runs, written beside the program."""
    database = sqlite3.connect(path)
    database.execute("INSERT INTO account (id, name, password, created_at) VALUES ('a', 'anna', 'x', 1)")
    for number in range(LISTINGS):
        database.execute("INSERT INTO product (id, owner_id, name, created_at) VALUES (?, 'a', 'Lamp', 1)", (f"p{number:025}",))
        database.execute(
            "INSERT INTO listing (id, product_id, owner_id, url, interval_ms, is_paused, due_at, queued_until, created_at, failures)"
            " VALUES (?, ?, 'a', ?, 3600000, 0, 1, 0, 1, 0)",
            (f"l{number:025}", f"p{number:025}", f"https://shop.example/{number}"))
    database.executemany(
        "INSERT INTO history_run (id, listing_id, from_at, to_at, checks, price_minor, currency, availability, standing,"
        " strategy, confidence, evidence) VALUES (?, ?, ?, ?, 3, ?, 'EUR', 'inStock', 'accepted', 'json-ld', 0.93, ?)",
        ((f"r{number:025}", f"l{number % LISTINGS:025}", 1795435200000 + number, 1795435200000 + number + 5,
          1999 + number * 7919 % 5000, EVIDENCE) for number in range(RUNS)))
    database.commit()
    database.close()


def moving(table, options, place):
    source = place / "source.sqlite"
    url = lambda path: ("--set", f"database.url=sqlite://{path}")
    host("migrate", *url(source))
    say(f"Writing {RUNS} runs of {LISTINGS} listings")
    fill(source)
    measure(table, options, place, url(source), lambda number: url(place / f"copy-{number}.sqlite"), "SQLite")
    with server(place / "postgres") as running:
        remote = ("--set", f"database.url={running.url}")

        def renewed(_):
            running.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            return remote

        host("import", place / "all.jsonl", *remote)
        measure(table, options, place, remote, renewed, "PostgreSQL")


def measure(table, options, place, source, target, engine):
    file = place / "all.jsonl"
    exports, imports = [], []
    for number in range(options.runs):
        exports.append(RUNS / host("export", file, "--force", "--with-secrets", *source) / 1000)
        imports.append(RUNS / host("import", file, *target(number)) / 1000)
    table.add(f"export from {engine}", "1000 runs/s", exports)
    table.add(f"import into {engine}, compared", "1000 runs/s", imports)
