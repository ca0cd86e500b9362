"""A long run under a steady load: does anything grow?

Memory, open files and the write-ahead log are looked at every few seconds. What counts is the straight line through the
second half: the first half may fill caches.
"""
import os, pathlib, time

from .household import account_and_token, add_listings
from .places import say
from .program import Program
from .shop import addresses, change_prices


def soak(table, options, folder, origin_pids):
    """`options.minutes` of checks on both kinds of pages, with price changes and a person who looks at pages."""
    urls = addresses("dynamic", 250) + addresses("static", 250)
    with Program(folder, "soak.log") as program:
        token, session = account_and_token(program)
        # 500 listings every five seconds are 100 checks a second: a busy installation, not one at its limit.
        add_listings(program, token, urls, interval=5)
        products = [line["id"] for line in program.get_json("/api/v1/products?limit=50", token)["products"]]
        began, samples, epoch = time.monotonic(), [], 0
        while (passed := time.monotonic() - began) < options.minutes * 60:
            for path in ("/", f"/products/{products[len(samples) % len(products)]}"):
                program.request("GET", path, headers={"Cookie": session})
            if passed > (epoch + 1) * 120:
                epoch += 1
                change_prices(epoch % 4)
            samples.append((passed, program.status("VmRSS"), open_files(program), log_megabytes(folder)))
            if len(samples) % 30 == 0:
                say(f"{passed / 60:.0f} min: {samples[-1][1]:.1f} MB resident, {samples[-1][2]} files open, "
                    f"log of {samples[-1][3]:.1f} MB, {program.metric('host_checks_total'):.0f} checks")
            time.sleep(2)
        note = f"soak of {options.minutes:g} min"
        half = samples[len(samples) // 2:]
        for index, (what, unit) in enumerate((("resident", "MB"), ("open files", "files"),
                                              ("write-ahead log", "MB")), 1):
            table.add(f"{what}, {note}, second half", unit, [sample[index] for sample in half])
            table.add(f"growth of that by the hour ({what})", f"{unit}/h", [slope(half, index) * 3600])
        table.add(f"checks, {note}", "checks", [program.metric("host_checks_total")])
        say(f"outcomes {program.outcomes()}")


def open_files(program):
    return len(os.listdir(f"/proc/{program.process.pid}/fd"))


def log_megabytes(folder):
    return sum(file.stat().st_size for file in pathlib.Path(folder).glob("*-wal")) / 1e6


def slope(samples, index):
    """Of the straight line through the samples, by least squares; per second."""
    count = len(samples)
    mean_x, mean_y = sum(s[0] for s in samples) / count, sum(s[index] for s in samples) / count
    spread = sum((s[0] - mean_x) ** 2 for s in samples)
    return sum((s[0] - mean_x) * (s[index] - mean_y) for s in samples) / spread if spread else 0
