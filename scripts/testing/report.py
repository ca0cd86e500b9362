#!/usr/bin/env python3
"""Says what a run of the tests showed: report.py [--no-shared] [--no-long] EVENTS...

EVENTS are the event streams that Swift Testing wrote, one file for each run: a line of JSON for each event. What a run
prints is no source for this: SwiftPM passes it on in pieces, and now and then a piece ends within a line.

Prints what took longest and how often each engine was asked, to standard error, and "RAN SKIPPED" to standard output.
Ends with 1 where a test failed or did not end, where an engine was left out, or where a test was skipped without excuse:
--no-shared excuses those that need the folder shared, --no-long those that need --long.
"""

import argparse
import json
import re
import sys
from dataclasses import dataclass, field


@dataclass
class Run:
    """What one event stream says."""

    path: str
    names: dict = field(default_factory=dict)
    began: dict = field(default_factory=dict)
    seconds: dict = field(default_factory=dict)
    skipped: dict = field(default_factory=dict)
    issues: dict = field(default_factory=dict)
    cases: list = field(default_factory=list)
    ended: bool = False

    def __post_init__(self):
        with open(self.path, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                # A process that died may have left half a line.
                if line.endswith("\n"):
                    self.take(json.loads(line))

    def take(self, record):
        payload = record["payload"]
        kind = payload["kind"]
        test = payload.get("testID") or payload.get("id")
        words = " ".join(message["text"] for message in payload.get("messages", []))
        if record["kind"] == "test":
            if kind == "function":
                self.names[test] = payload.get("displayName") or payload["name"]
        elif kind == "runEnded":
            self.ended = True
        elif kind == "issueRecorded":
            # Known issues are no failures.
            if payload["issue"].get("isFailure", not payload["issue"].get("isKnown", False)):
                self.issues.setdefault(test, []).append((payload["issue"].get("sourceLocation") or {}, words))
        elif test not in self.names:
            pass
        elif kind == "testStarted":
            self.began[test] = payload["instant"]["absolute"]
        elif kind == "testEnded":
            self.seconds[test] = payload["instant"]["absolute"] - self.began[test]
        elif kind == "testSkipped":
            self.skipped[test] = words
        elif kind == "testCaseStarted":
            self.cases.append(words)

    @property
    def unended(self):
        return [test for test in self.began if test not in self.seconds]


def say(text):
    print(text, file=sys.stderr)


def slowest(runs):
    say("== The 20 that took longest, waiting for their turn included")
    times = sorted(((seconds, run.names[test]) for run in runs for test, seconds in run.seconds.items()), reverse=True)
    for seconds, name in times[:20]:
        say(f"{seconds:8.3f} s  {name}")


def left_out(runs):
    """What the engines of the database promise is asked of each of them, and what every queue promises of Redis too."""
    cases = [case for run in runs for case in run.cases]

    def asked(pattern):
        return sum(1 for case in cases if re.match(r"Test case passing .*engine → " + pattern, case))

    sqlite, postgres = asked(r"[^,]*\.sqlite\b"), asked(r"[^,]*\.postgres\b")
    say(f"== Tests of the database on SQLite: {sqlite}, on PostgreSQL: {postgres}")
    if sqlite != postgres:
        yield "An engine of the database was left out of some tests."
    database, redis = asked(r"\.database\(SQL\.Engine\.sqlite"), asked(r"\.redis\b")
    say(f"== Tests of the queue in SQLite: {database}, in Redis: {redis}")
    if database != redis:
        yield "Redis was left out of some tests of the queue."


def failures(runs):
    for run in runs:
        for test, issues in run.issues.items():
            yield f"Failed: {run.names.get(test, test or 'outside of a test')}"
            for place, words in issues:
                yield f"    {place.get('fileID', '?')}:{place.get('line', '?')}: {words}"
        if not run.ended:
            yield f"The tests ended before their end ({run.path}). What ran at that time:"
            yield from (f"    {run.names[test]}" for test in run.unended)


def unexcused(runs, arguments):
    for run in runs:
        for test, words in run.skipped.items():
            if arguments.no_shared and re.search(r"\bshared\b|SHARED_FOLDER", words):
                continue
            if arguments.no_long and re.search(r"--long|LONG_TESTS", words):
                continue
            yield f"Skipped, which hides what it would find: {run.names[test]} ({words})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-shared", action="store_true")
    parser.add_argument("--no-long", action="store_true")
    parser.add_argument("events", nargs="+")
    arguments = parser.parse_args()
    runs = [Run(path) for path in arguments.events]
    slowest(runs)
    wrong = [*left_out(runs), *unexcused(runs, arguments), *failures(runs)]
    for line in wrong:
        say(line)
    print(sum(len(run.seconds) + len(run.skipped) for run in runs), sum(len(run.skipped) for run in runs))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
