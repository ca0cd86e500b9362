"""How long a report of all products takes to be put together, made a mail and kept, and what memory that needs."""
import json, random, sqlite3, sys, time

from .household import account_and_token
from .places import say
from .program import Program

PRODUCTS = 5000
RUNS_EACH = 60
DAY = 86_400_000
EVIDENCE = ('[{"confidence":0.9,"field":"price","path":"$.offers[0].price","strategy":"json-ld","text":"1.299,00 €",'
            '"value":"1299.00 EUR"}]')


def fill(path, owner):
    """PRODUCTS products, each with half a year of history."""
    chance, now = random.Random(1), int(time.time() * 1000)
    database = sqlite3.connect(path, timeout=60)
    for number in range(PRODUCTS):
        price = 1000 + number
        database.execute(
            "INSERT INTO product (id, owner_id, name, image, created_at) VALUES (?, ?, ?, ?, 1)",
            (f"p{number:025}", owner, f"Lamp number {number} with a name as shops give it", f"https://shop.example/{number}.jpg"))
        database.execute(
            "INSERT INTO listing (id, product_id, owner_id, url, site, interval_ms, is_paused, due_at, queued_until, created_at,"
            " failures, price_minor, currency, availability, since_at, last_check_at, last_outcome)"
            " VALUES (?, ?, ?, ?, 'shop.example', 86400000, 0, ?, 0, 1, 0, ?, 'EUR', 'inStock', 1, ?, 'ok')",
            (f"l{number:025}", f"p{number:025}", owner, f"https://shop.example/{number}", now + DAY, price, now))
        database.executemany(
            "INSERT INTO history_run (id, listing_id, from_at, to_at, checks, price_minor, currency, availability, standing,"
            " strategy, confidence, evidence) VALUES (?, ?, ?, ?, 12, ?, 'EUR', 'inStock', 'accepted', 'json-ld', 0.93, ?)",
            ((f"r{number:012}-{run:012}", f"l{number:025}", now - (RUNS_EACH - run) * 3 * DAY,
              now - (RUNS_EACH - run - 1) * 3 * DAY - 1, price if run == RUNS_EACH - 1 else chance.randrange(900, 9000), EVIDENCE)
             for run in range(RUNS_EACH)))
    database.commit()
    database.close()


def digest(table, options, place):
    with Program(place, "log") as program:
        token, _ = account_and_token(program)
        owner = sqlite3.connect(place / "prices.sqlite").execute("SELECT id FROM account").fetchone()[0]
        say(f"Writing {PRODUCTS} products with {RUNS_EACH} runs each")
        fill(place / "prices.sqlite", owner)
        before, took, size = program.status("VmRSS"), [], 0
        for _ in range(options.runs):
            began = time.monotonic()
            status, _, text = program.request("POST", "/api/v1/manual-reports", headers={"Authorization": f"Bearer {token}"})
            took.append((time.monotonic() - began) * 1000)
            if status != 201 or json.loads(text)["products"] != PRODUCTS:
                sys.exit(f"POST /manual-reports answered {status}: {text[:500]}")
            size = len(json.loads(text)["html"]) / 1e6
        table.add(f"report of {PRODUCTS} products, composed, rendered, kept and answered", "ms", took)
        table.add("its HTML", "MB", [size])
        table.add("memory above rest, at most", "MB", [program.status("VmHWM") - before])
