"""How soon the program answers, and how much memory it needs when nothing happens."""
import time

from .household import account_and_token, add_listings
from .places import say
from .program import Program
from .shop import addresses


def starts_and_idle(table, options, folder):
    answers, idle = [], []
    for run in range(options.runs):
        place = folder / f"idle-{run}"
        place.mkdir()
        with Program(place, "host.log") as program:
            answers.append(program.first_answer)
            time.sleep(options.idle_seconds)
            idle.append(program.status("VmRSS"))
    table.add("start to first answer, new data folder", "ms", answers)
    table.add(f"resident, idle for {options.idle_seconds} s", "MB", idle)
    with_listings(table, options, folder)


def with_listings(table, options, folder):
    """500 listings that were checked and are not due: the program in the night."""
    place = folder / "idle-500"
    place.mkdir()
    with Program(place, "filling.log") as program:
        token, _ = account_and_token(program)
        add_listings(program, token, addresses("static", 500), interval=86_400)
        until = time.monotonic() + 60
        while program.metric("host_checks_total") < 500 and time.monotonic() < until:
            time.sleep(0.2)
        checked = program.metric("host_checks_total")
        say(f"500 listings: {checked:.0f} of them checked, outcomes {program.outcomes()}")
        time.sleep(options.idle_seconds)
        table.add(f"resident, 500 listings checked, then idle for {options.idle_seconds} s", "MB",
                  [program.status("VmRSS")])
    again, idle = [], []
    for _ in range(options.runs):
        with Program(place, "again.log") as program:
            again.append(program.first_answer)
            time.sleep(options.idle_seconds)
            idle.append(program.status("VmRSS"))
    table.add("start to first answer, 500 listings", "ms", again)
    table.add(f"resident, started with 500 listings, idle for {options.idle_seconds} s", "MB", idle)
