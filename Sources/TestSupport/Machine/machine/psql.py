"""psql on Coolify's own database, as far as a deployer goes: its SQL is run on the real tables, in SQLite.

What PostgreSQL would refuse and SQLite would not is refused here: names in double quotes that nobody has, variables in
-c, numbers for true and false.
"""

import re
import sqlite3
import sys

from store import TABLES, Store

TOKEN = re.compile(r"""('(?:[^']|'')*')|("[^"]*")|(--[^\n]*)|(\$\w*\$)|(;)|(::\s*\w+(?:\(\d+\))?)""")
BOOLEANS = re.findall(r"(\w+) boolean", TABLES)
NAMES = set(re.findall(r"\w+", TABLES))


class Refused(Exception):
    """What psql says, without the place."""


class Usage(Exception):
    """A wrong command line."""


def split(script):
    """Its statements, without casts and comments."""
    statements, words, end = [], [], 0
    for found in TOKEN.finditer(script):
        words.append(script[end:found.start()])
        end = found.end()
        text, name, comment, dollar, semicolon, cast = found.groups()
        if dollar:
            raise Refused('the fake knows no "$$"')
        if name and name[1:-1] not in NAMES:
            raise Refused(f'column {name} does not exist')
        if semicolon:
            statements.append("".join(words))
            words = []
        elif not comment and not cast:
            words.append(text or name)
    statements.append("".join(words) + script[end:])
    return [one.strip() for one in statements if one.strip()]


def options_of(words):
    """(settings, SQL or None for the standard input)"""
    found = {"variables": {}, "tuples": False, "unaligned": False, "stops": False, "quiet": False, "single": False,
             "separator": "|"}
    commands, rest = [], list(words)
    while rest:
        word = rest.pop(0)
        if word.startswith("--"):
            word, equals, value = word.partition("=")
            if equals:
                rest.insert(0, value)
            long = {"--username": "-U", "--dbname": "-d", "--command": "-c", "--set": "-v", "--variable": "-v",
                    "--file": "-f", "--tuples-only": "-t", "--no-align": "-A", "--quiet": "-q", "--no-psqlrc": "-X",
                    "--single-transaction": "-1", "--field-separator": "-F"}
            if word not in long:
                raise Usage(f"unrecognized option '{word}'")
            word = long[word]
        letter, joined = word[1:2], word[2:]
        if not word.startswith("-") or not letter:
            raise Usage(f"extra command-line argument \"{word}\" ignored")
        if letter in "UdcvfF":
            value = joined or (rest.pop(0) if rest else None)
            if value is None:
                raise Usage(f"option requires an argument -- '{letter}'")
            if letter in "Ud" and value != "coolify":
                raise Usage(f'FATAL:  role or database "{value}" does not exist')
            if letter == "c":
                commands.append(value)
            elif letter == "f" and value != "-":
                raise Usage(f"{value}: No such file or directory")
            elif letter == "F":
                found["separator"] = value
            elif letter == "v":
                name, _, text = value.partition("=")
                found["variables"][name] = text
        elif letter in "tAqX1":
            names = {"t": "tuples", "A": "unaligned", "q": "quiet", "1": "single"}
            if letter in names:
                found[names[letter]] = True
            if joined:
                rest.insert(0, f"-{joined}")
        else:
            raise Usage(f"invalid option -- '{letter}'")
    found["stops"] = found["variables"].get("ON_ERROR_STOP", "0").lower() not in ("0", "off", "")
    return found, commands


def interpolated(script, variables):
    def put(match):
        name = match[2]
        if name not in variables:
            return match[0]
        value = variables[name]
        return "'" + value.replace("'", "''") + "'" if match[1] == "'" else value
    return re.sub(r"(?<!:):(['\"]?)([A-Za-z_]\w*)\1", put, script)


def shown(value, name):
    if value is None:
        return ""
    if name in BOOLEANS:
        return "t" if value else "f"
    return str(value)


def run(store, statement, options, out):
    # SQLite takes true and false for numbers everywhere; PostgreSQL takes no number for them.
    wrong = re.search(rf"\b({'|'.join(BOOLEANS)})\s*=\s*[01]\b", statement)
    if wrong:
        raise Refused(f'column "{wrong[1]}" is of type boolean but expression is of type integer')
    verb = statement.split(None, 1)[0].lower()
    if verb not in ("select", "insert", "update", "delete", "begin", "commit", "with"):
        raise Refused(f'syntax error at or near "{verb}"')
    if verb in ("begin", "commit"):
        return
    try:
        cursor = store.sql.execute(statement)
        rows = cursor.fetchall()
    except sqlite3.IntegrityError as error:
        raise Refused(f"duplicate key value violates unique constraint or not-null constraint: {error}") from None
    except sqlite3.Error as error:
        raise Refused(str(error)) from None
    if cursor.description:
        if not (options["tuples"] and options["unaligned"]):
            raise Refused("the fake shows rows with -tA only")
        names = [column[0] for column in cursor.description]
        for row in rows:
            out.write(options["separator"].join(shown(value, name) for value, name in zip(row, names)) + "\n")
    if verb != "select" and not options["quiet"]:
        # SQLite counts rows that are returned as late as they are read.
        count = len(rows) if cursor.description else max(cursor.rowcount, 0)
        out.write({"insert": f"INSERT 0 {count}\n", "update": f"UPDATE {count}\n", "delete": f"DELETE {count}\n"}
                  .get(verb, ""))


def main(words, folder, script=None, out=sys.stdout, errors=sys.stderr):
    """The exit code; `script` is the standard input."""
    try:
        options, commands = options_of(words)
    except Usage as error:
        errors.write(f"psql: error: {error}\n")
        return 2 if "FATAL" in str(error) else 1
    is_piped = not commands
    texts = commands or [interpolated(script if script is not None else sys.stdin.read(), options["variables"])]
    failed = False
    for text in texts:
        try:
            statements = split(text)
        except Refused as error:
            errors.write(f"ERROR:  {error}\n")
            return 3 if is_piped else 1
        # One -c is one transaction; a file is one where it says so.
        is_whole = not is_piped or options["single"] or statements[:1] and statements[0].lower().startswith("begin")
        for group in [statements] if is_whole else [[one] for one in statements]:
            try:
                with Store(folder) as store:
                    for statement in group:
                        run(store, statement, options, out)
            except Refused as error:
                errors.write(f"ERROR:  {error}\n")
                failed = True
                if is_piped and options["stops"]:
                    return 3
    return 1 if failed and not is_piped else 0
