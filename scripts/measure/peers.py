"""The same pages read by Python's extruct and price-parser, in the same run; and what reading many pages does to memory."""
import json, pathlib, re, subprocess, sys, time

from .extraction import corpus, read, timed_run
from .places import HOST, ROOT, SHARED

PACKAGES = ["extruct==0.18.0", "price-parser==0.5.1"]


def peers(table, options):
    """Both by turns, so that what else the machine does meets both."""
    list_file, entries = corpus()
    python = environment()
    ours, theirs = [], []
    for _ in range(options.runs):
        ours.append(read(list_file, len(entries))[1])
        command = [python, ROOT / "scripts/measure/peer.py", list_file]
        theirs.append(len(entries) / timed_run(command, subprocess.DEVNULL)[1])
    table.add("pages read, for one core", "1/s", ours)
    table.add("the same by extruct and price-parser", "1/s", theirs)
    table.add("times as many", "×", [mine / other for mine, other in zip(ours, theirs)])
    for name, command in (("", [HOST, "extract", "--pages", list_file]),
                          (", extruct and price-parser", [python, ROOT / "scripts/measure/peer.py", list_file])):
        answers = ROOT / ".build-corpus/answers.jsonl"
        with open(answers, "w") as output:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
        score = json.loads(subprocess.run([SHARED / "corpus/score-pages", answers, "--json"], check=True, text=True,
                                          stdout=subprocess.PIPE).stdout)
        table.add(f"prices right{name}", "%", [score["price"]])
        table.add(f"wrong or false prices{name}", "pages", [score["wrong"] + score["falsePrice"]])


def environment():
    place = ROOT / ".build-bench/peers"
    python = place / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True,
                   stdout=sys.stderr)
    return python


def many_pages(table, options):
    """Ten thousand pages read in one process: resident memory after each tenth of them."""
    list_file, entries = corpus()
    many = list_file.with_name("many.jsonl")
    rounds = 10_000 // len(entries) + 1
    many.write_text("\n".join(entries * rounds) + "\n")
    process = subprocess.Popen([HOST, "extract", "--pages", many], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               text=True)
    samples, done = [], 0
    for _ in process.stdout:
        done += 1
        if done % (len(entries) * rounds // 10) == 0:
            text = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            # At the last page the process may have ended.
            if found := re.search(r"^VmRSS:\s+(\d+) kB", text, re.M):
                samples.append(int(found[1]) / 1000)
    if process.wait() != 0:
        sys.exit("host extract did not read all pages.")
    many.unlink()
    table.add("resident after each tenth of 10,000 pages", "MB", samples)
    table.add("the last three tenths against the three before", "%",
              [100 * (sum(samples[-3:]) / sum(samples[-6:-3]) - 1)])
