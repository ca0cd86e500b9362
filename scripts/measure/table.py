"""The figures, and the machine they are true for."""
import os, pathlib, platform, re, statistics, subprocess, time

from .places import ROOT, say


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, unit, values):
        figures = (statistics.median(values), min(values), max(values))
        self.rows.append((what, unit, len(values), *(f"{figure:.1f}" if figure < 1000 else f"{figure:.0f}" for figure in figures)))
        say(f"{what}: {self.rows[-1][3]} {unit}")

    def show(self):
        print("| what | unit | runs | median | min | max |\n|---|---|---:|---:|---:|---:|")
        for row in self.rows:
            print("| " + " | ".join(map(str, row)) + " |")


def machine():
    model = re.search(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 1e6
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], text=True, capture_output=True).stdout.strip()
    return (f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), {memory:.0f} GB, "
            f"Linux {platform.release()}, {time.strftime('%Y-%m-%d')}, commit {commit or 'none'}")
