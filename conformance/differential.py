#!/usr/bin/env python3
"""Runs the same tasks with Ansible and with Belay, in twin sandboxes, and shows each difference. See README.md."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from differ import compare, intended, sandbox, tasks_alone
from differ.cases import make
from differ.model import MODULES

HERE = os.path.dirname(os.path.abspath(__file__))
NUMBERS = {"file": 260, "copy": 220, "template": 150, "lineinfile": 260, "blockinfile": 190, "replace": 160, "stat": 90, "find": 130,
           "unarchive": 110, "get_url": 110, "apt": 70, "sysctl": 90, "user": 120, "group": 60}
BATCH = {"playbook": 40, "modules": 65, "tasks": 55}
WHOLE = 5  # cases of each module with a half in the controller, that run as a playbook


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1", help="other seeds make other cases (default 1)")
    parser.add_argument("--modules", default=",".join(MODULES), help="which, with commas between")
    parser.add_argument("--share", type=float, default=1.0, help="a part of the cases, as 0.05; entries of intended.tsv that match nothing are then no error")
    parser.add_argument("--case", help="one case alone, as file-0042, with all that both engines said")
    parser.add_argument("--belay", default=os.path.join(HERE, "..", "belay"), help="the launcher")
    parser.add_argument("--collections", help="a folder with ansible_collections in it, for sysctl (ansible.posix)")
    parser.add_argument("--cache", help="a folder that keeps what Ansible did, so that it is not run again for the same cases")
    parser.add_argument("--whole", action="store_true", help="all cases by ansible-playbook, where else most call Ansible's modules alone (slow)")
    parser.add_argument("--jobs", type=int, default=1, help="batches at once")
    parser.add_argument("--shown", type=int, default=400, help="differences to print at most")
    parser.add_argument("--prove", action="store_true", help="plants a difference in each batch, and fails unless all are found")
    return parser.parse_args()


def main():
    if sys.argv[1:2] == ["--inside"]:
        batch, engine, out, top = sys.argv[2:]
        return sandbox.inside(batch, json.loads(engine), out, top)
    given = arguments()
    why = missing(given)
    if why:
        print("SKIPPED: the comparison with Ansible: " + why, file=sys.stderr)
        return 0
    # Once outside of a sandbox, where it builds what is older than its sources.
    subprocess.run([given.belay, "doc", "ping"], check=True, stdout=subprocess.DEVNULL)
    entries = intended.read(os.path.join(HERE, "intended.tsv"))
    batches = drawn(given)
    start = time.time()
    with ThreadPoolExecutor(given.jobs) as pool:
        done = pool.map(lambda batch: both(given, *batch), batches)
        return report(given, entries, zip((cases for _, cases in batches), done), start)


def missing(given):
    """Why nothing can be compared here; empty where it can."""
    if os.geteuid() != 0:
        return "it needs root, for namespaces"
    for program in ("ansible-playbook", "unshare"):
        if shutil.which(program) is None:
            return f"there is no {program} (Debian: apt-get install ansible-core)"
    return ""


def drawn(given):
    """The cases, in batches: each costs six starts."""
    batches, kinds = [], {kind: [] for kind in BATCH}
    for module in given.modules.split(","):
        if module == "sysctl" and not given.collections and not has_sysctl():
            print("SKIPPED: sysctl: there is no collection ansible.posix; name one with --collections", file=sys.stderr)
            continue
        count = max(1, round(NUMBERS[module] * given.share))
        for number in range(1, count + 1):
            kinds[kind_of(given, module, number)].append(make(given.seed, module, number).plain())
    for kind, size in BATCH.items():
        some = kinds[kind]
        batches += [(kind, some[at:at + size]) for at in range(0, len(some), size)]
    if given.case:
        module, number = given.case.rsplit("-", 1)
        batches = [(kind_of(given, module, int(number)), [make(given.seed, module, int(number)).plain()])]
    return batches


def kind_of(given, module, number):
    """How Ansible is run: a whole playbook, tasks, or modules without their tasks."""
    half = module in tasks_alone.MODULES
    return "playbook" if given.whole or half and number <= WHOLE else "tasks" if half else "modules"


def has_sysctl():
    said = subprocess.run(["ansible-doc", "--json", "ansible.posix.sysctl"], capture_output=True, text=True).stdout
    return "options" in said


def both(given, kind, cases):
    """What both engines did with a batch. Every second playbook ends with a task that fails, for the exit code."""
    fail = hash_of(cases) % 2 == 1
    path = [os.path.abspath(given.collections)] if given.collections else []
    alone = kind != "playbook"
    if kind == "modules":
        cases = [without_extra(case) for case in cases]
    ansible = ({"name": "modules", "path": path} if alone else
               {"name": "ansible", "command": ["ansible-playbook"], "fail": fail, "env": {"ANSIBLE_COLLECTIONS_PATH": path[0]} if path else {}})
    belay = {"name": "belay", "command": [os.path.realpath(given.belay), "run"], "fail": fail and not alone, "events": "/out/events"}
    return kept(given, cases, ansible), ran(cases, belay)


def hash_of(value):
    return int(hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest(), 16)


def without_extra(case):
    return {**case, "extra": {}, "task": {key: value for key, value in case["task"].items() if key not in case["extra"]}}


def kept(given, cases, engine):
    if not given.cache:
        return ran(cases, engine)
    key = f"{hash_of([cases, engine]):x}"[:24]
    path = os.path.join(given.cache, key + ".json")
    if not os.path.exists(path):
        os.makedirs(given.cache, exist_ok=True)
        result = ran(cases, engine)
        with open(path + ".new", "w", encoding="utf-8") as file:
            json.dump(result, file)
        os.rename(path + ".new", path)
        print(f"Ansible did {cases[0]['id']} .. {cases[-1]['id']}", file=sys.stderr, flush=True)
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def ran(cases, engine):
    with tempfile.TemporaryDirectory(prefix="differ-batch.") as folder:
        batch = os.path.join(folder, "cases.json")
        with open(batch, "w", encoding="utf-8") as file:
            json.dump(cases, file)
        return sandbox.enter(batch, engine, os.path.join(folder, "out.json"))


def report(given, entries, done, start):
    total, left = Total(), []
    for batch, (ansible, belay) in done:
        if given.prove:
            belay["phases"]["run"]["files"]["/case/" + batch[0]["id"] + "/planted"] = "file 0644 0:0 x1 t=now b''"
        differences, number = compare.compare(batch, ansible, belay)
        mine = intended.sort_out(entries, batch, differences)
        total.add(batch, number, belay, mine)
        for difference in mine[:max(0, given.shown - len(left))]:
            tell(batch, difference)
        left += mine
        if given.case:
            show(ansible, belay)
    print(f"{total.cases} cases, {3 * total.cases} tasks an engine, {total.compared} statuses and files compared in {time.time() - start:.0f} s;"
          f" {total.refused} are refused by Belay before any host is asked")
    print(f"{sum(e.matched for e in entries)} intended differences by {sum(e.matched > 0 for e in entries)} entries, {len(left)} others, in {total.differing} cases")
    if given.prove:
        found = sum(d.label.endswith("/planted") for d in left)
        print(f"{found} of {total.batches} planted differences found")
        return 0 if found == total.batches > 0 else 1
    return 1 if left or unused(given, entries) else 0


class Total:
    def __init__(self):
        self.batches = self.cases = self.compared = self.refused = self.differing = 0

    def add(self, batch, compared, belay, left):
        self.batches += 1
        self.cases += len(batch)
        self.compared += compared
        self.refused += len(belay["refused"])
        self.differing += len({difference.case for difference in left})


def unused(given, entries):
    """Entries that match nothing, where all cases were run."""
    if given.share < 1 or given.case or given.modules != ",".join(MODULES) or given.seed != "1":
        return []
    lines = [e for e in entries if not e.matched]
    for entry in lines:
        print(f"intended.tsv:{entry.line}: matches nothing: {entry.reason}")
    return lines


def show(*sides):
    for name, side in zip(("ansible", "belay"), sides):
        phases = {phase: {key: value for key, value in did.items() if key != "log"} for phase, did in side["phases"].items()}
        print(name, json.dumps(phases, indent=1, ensure_ascii=False), side["refused"])


def tell(batch, difference):
    case = next((c for c in batch if c["id"] == difference.case), None)
    print(f"== {difference.case or batch[0]['id'] + ' .. ' + batch[-1]['id']} {difference.label}")
    print(f"   ansible {intended.shown(difference.ansible)[:600]}\n   belay   {intended.shown(difference.belay)[:600]}")
    if case:
        print(f"   {json.dumps(case['args'], ensure_ascii=False)[:700]} {json.dumps(case['extra']) if case['extra'] else ''}")
        print(f"   before: {json.dumps(case['setup'], ensure_ascii=False)[:500]}")


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    sys.exit(main())
