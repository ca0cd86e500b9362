"""Pages read offline: `host extract` over the corpus."""
import json, os, subprocess, time

from .places import HOST, ROOT, SHARED


def corpus():
    """The list of the unpacked pages and its lines."""
    pages = ROOT / ".build-corpus"
    if not (pages / "list.jsonl").exists():
        subprocess.run([SHARED / "corpus/score-pages", "--list", pages], check=True)
    return pages / "list.jsonl", (pages / "list.jsonl").read_text().splitlines()


def extraction(table, options):
    list_file, entries = corpus()
    pages = list_file.parent
    wall, core = zip(*(read(list_file, len(entries)) for _ in range(options.runs)))
    table.add(f"pages of the corpus read ({len(entries)} pages)", "1/s", wall)
    table.add("the same, for one core", "1/s", core)
    table.add("the slowest page of the corpus", "ms", [slowest(pages, entries)])


def read(list_file, count):
    """Pages a second of time and of processor."""
    took, worked = timed_run([HOST, "extract", "--pages", list_file], subprocess.DEVNULL)
    return count / took, count / worked


def timed_run(command, output):
    """Seconds of time and of processor."""
    before, began = os.times(), time.monotonic()
    subprocess.run(command, check=True, stdout=output, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    after, took = os.times(), time.monotonic() - began
    return took, after.children_user + after.children_system - before.children_user - before.children_system


def slowest(pages, entries):
    """Milliseconds for the page that takes most: the fifteen largest are read alone, twenty times each, in one process."""
    by_size = sorted(entries, key=lambda entry: -(pages / json.loads(entry)["file"]).stat().st_size)[:15]
    alone = pages / "alone.jsonl"
    times = []
    for entry in by_size:
        alone.write_text((entry + "\n") * 20)
        rest = pages / "one.jsonl"
        rest.write_text(entry + "\n")
        _, once = read(rest, 1)
        _, often = read(alone, 20)
        # What the start of a process costs is in both.
        times.append((20 / often - 1 / once) / 19 * 1000)
    return max(times)
