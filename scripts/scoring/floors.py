"""Compares scores with what was reached before: floors.py [--raise] PAGES.json TEXTS.json

What must not get lower, or for errors higher, stands in floors.txt beside this file. With --raise, figures that got
better are written there; nothing ever lowers them but a person who says why in the commit.
"""
import json, pathlib, re, sys

FLOORS = pathlib.Path(__file__).with_name("floors.txt")


def number(value):
    """The scorers give “13/14” for the out-of-stock pages found."""
    return float(str(value).split("/")[0])


def main():
    arguments = sys.argv[1:]
    is_raising = "--raise" in arguments
    pages, texts = (json.loads(pathlib.Path(name).read_text()) for name in arguments if name != "--raise")
    found = {"pages": pages, "texts": texts}
    lines, worse = [], []
    for line in FLOORS.read_text().splitlines():
        match = re.fullmatch(r"(pages|texts) (\w+) (>=|<=) (\S+)", line)
        if not match:
            lines.append(line)
            continue
        part, name, sign, limit = match.groups()
        value = number(found[part][name])
        is_better = value > float(limit) if sign == ">=" else value < float(limit)
        if not is_better and value != float(limit):
            worse.append(f"{part} {name} is {value:g} and was {limit} before.")
        lines.append(f"{part} {name} {sign} {value:g}" if is_raising and is_better else line)
    if worse:
        print("Reading got worse:", *worse, "scripts/score --errors names the pages and texts.", sep="\n", file=sys.stderr)
        return 1
    if is_raising:
        FLOORS.write_text("\n".join(lines) + "\n")
    print(f"No figure is worse than in scripts/scoring/{FLOORS.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
