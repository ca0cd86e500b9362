"""Checks per second end to end, with what they cost."""
import dataclasses, time

from .household import account_and_token, add_listings
from .places import say
from .program import Program, processor_seconds
from .shop import addresses
from .table import percentile


@dataclasses.dataclass
class Window:
    """What was seen while the program checked as fast as it could."""
    rate: float = 0
    processor: float = 0
    shop_processor: float = 0
    database_processor: float = 0
    kilobytes: float = 0
    memory: list = dataclasses.field(default_factory=list)
    pages: list = dataclasses.field(default_factory=list)

    @property
    def cost(self):
        """Milliseconds of processor for one check."""
        return self.processor * 10 / max(self.rate, 0.001)


def window(program, session, seconds, origin_pids):
    seen = Window()
    counted, began = program.metric("host_checks_total"), time.monotonic()
    cpu, origin_cpu = program.processor(), sum(map(processor_seconds, origin_pids))
    wrote = program.written()
    database_cpu = program.database.processor() if program.database else 0
    while time.monotonic() - began < seconds:
        time.sleep(0.5)
        seen.memory.append(program.status("VmRSS"))
        asked = time.monotonic()
        if program.request("GET", "/", headers={"Cookie": session})[0] == 200:
            seen.pages.append((time.monotonic() - asked) * 1000)
    took = time.monotonic() - began
    checks = program.metric("host_checks_total") - counted
    seen.rate = checks / took
    seen.processor = (program.processor() - cpu) / took * 100
    seen.shop_processor = (sum(map(processor_seconds, origin_pids)) - origin_cpu) / took * 100
    if program.database:
        seen.database_processor = (program.database.processor() - database_cpu) / took * 100
    seen.kilobytes = (program.written() - wrote) * 1000 / max(checks, 1)
    return seen


def load(table, options, kind, folder, origin_pids, count, interval=1):
    """`interval` in seconds is how often each listing is due."""
    urls = addresses(kind, count)
    note = f"({kind}, {count} listings)"
    with Program(folder, f"{kind}.log") as program:
        token, session = account_and_token(program)
        say(f"{kind}: adding {count} listings")
        table.add(f"listings added over REST {note}", "1/s", [add_listings(program, token, urls, interval)])
        say(f"{kind}: warming up {options.warm_up} s, then {options.runs} windows of {options.seconds} s")
        time.sleep(options.warm_up)
        seen = [window(program, session, options.seconds, origin_pids) for _ in range(options.runs)]
        table.add(f"checks, end to end {note}", "1/s", [one.rate for one in seen])
        table.add(f"processor of the program for one check {note}", "ms", [one.cost for one in seen])
        table.add(f"processor of the program meanwhile {note}", "% of a core", [one.processor for one in seen])
        table.add(f"processor of the shop meanwhile {note}", "% of a core", [one.shop_processor for one in seen])
        if program.database:
            table.add(f"processor of PostgreSQL meanwhile {note}", "% of a core", [one.database_processor for one in seen])
        table.add(f"written to disk {note}", "kB a check", [one.kilobytes for one in seen])
        table.add(f"resident under load {note}", "MB", [value for one in seen for value in one.memory])
        table.add(f"most ever resident {note}", "MB", [program.status("VmHWM")])
        pages = [value for one in seen for value in one.pages]
        if pages:
            table.add(f"product list under load {note}", "ms", pages)
            table.add(f"the same, 99th percentile of {len(pages)} {note}", "ms", [percentile(pages, 0.99)])
        say(f"{kind}: outcomes {program.outcomes()}")
