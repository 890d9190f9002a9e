"""Differences that are meant to be, each with its reason: intended.tsv."""

import json
import re
from dataclasses import dataclass

COLUMNS = ("module", "case", "what", "ansible", "belay", "reason")


@dataclass
class Entry:
    line: int
    module: re.Pattern
    case: re.Pattern
    what: re.Pattern
    ansible: re.Pattern
    belay: re.Pattern
    reason: str
    matched: int = 0

    def fits(self, case, difference):
        return (self.module.fullmatch(case["module"]) is not None and self.what.fullmatch(difference.label) is not None
                and self.case.search(described(case)) is not None
                and self.ansible.fullmatch(shown(difference.ansible)) is not None and self.belay.fullmatch(shown(difference.belay)) is not None)


def described(case):
    """A case as the column 'case' is matched with: its arguments and what was there before, as JSON."""
    return json.dumps({"args": case["args"], "setup": case["setup"], **({"web": case["web"]} if case["web"] else {})}, ensure_ascii=False)


def shown(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def read(path):
    entries = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip() and not line.startswith("#"):
                fields = line.rstrip("\n").split("\t")
                if len(fields) != len(COLUMNS) or not all(fields):
                    raise ValueError(f"{path}:{number}: needs {len(COLUMNS)} columns, none empty: {', '.join(COLUMNS)}")
                entries.append(Entry(number, *(re.compile(field, re.S) for field in fields[:5]), fields[5]))
    return entries


def sort_out(entries, cases, differences):
    """The differences that no entry names."""
    by_id = {case["id"]: case for case in cases}
    left = []
    for difference in differences:
        case = by_id.get(difference.case)
        entry = next((e for e in entries if case and e.fits(case, difference)), None)
        if entry:
            entry.matched += 1
        else:
            left.append(difference)
    return left
