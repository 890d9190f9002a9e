"""What differs between what two engines did with a batch."""

import re
from collections import namedtuple

# label: phase.what, as run.status, again.result.msg, check.files./case/file-0001/f
Difference = namedtuple("Difference", "case label ansible belay")

PLACED = ("dest", "checksum", "md5sum", "mode", "owner", "group", "uid", "gid", "size", "state")
KEYS = {
    "file": ("path", "dest", "src", "state", "mode", "owner", "group", "uid", "gid", "size"),
    "copy": PLACED + ("backup_file",),
    "template": PLACED + ("backup_file",),
    "lineinfile": ("msg", "backup"),
    "blockinfile": ("msg", "backup_file"),
    "replace": ("msg", "rc", "backup_file"),
    "stat": ("stat",),
    "find": ("files", "matched", "examined", "skipped_paths", "msg"),
    "unarchive": ("dest", "src", "handler", "files", "mode", "owner", "group", "uid", "gid", "size", "state"),
    "get_url": PLACED + ("checksum_src", "checksum_dest", "status_code", "url", "msg", "backup_file", "response"),
    "apt": ("cache_updated",),
    "sysctl": (),
    "user": ("name", "state", "uid", "group", "groups", "home", "shell", "comment", "create_home", "system", "append", "move_home", "remove", "force"),
    "group": ("name", "state", "gid", "system"),
}
# Numbers that no two sandboxes share.
OF_THE_MACHINE = {"ino", "inode", "dev", "device_type", "atime", "ctime", "block_size", "blocks", "version", "mtime"}
BACKUP = re.compile(r"\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~")
TODAY = 1_700_000_000


def status(result):
    if result is None:
        return "no result"
    if result.get("skipped"):
        return "skipped"
    if result.get("failed"):
        return "failed"
    if result.get("unknown") or result.get("unsupported") or result.get("unverifiable"):
        return "unknown"
    return "changed" if result.get("changed") else "ok"


def tidy(value, key=""):
    """A result without what differs between any two runs."""
    if isinstance(value, dict):
        return {k: tidy(v, k) for k, v in value.items() if k not in OF_THE_MACHINE or k == "mtime" and v < TODAY}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    if isinstance(value, str):
        return BACKUP.sub(".BACKUP~", value)
    return value


def compare(cases, ansible, belay):
    """All differences of a batch, and how many things were compared."""
    found, compared = [], 0
    for phase in ("check", "run", "again"):
        left, right = ansible["phases"][phase], belay["phases"][phase]
        found += _of_phase(cases, phase, left, right, belay["refused"])
        compared += sum(len(each["files"]) for each in (left, right)) + len(cases)
    return found, compared


def _of_phase(cases, phase, left, right, refused):
    found = []
    alone = not left["recap"]
    if not alone and left["exit"] != right["exit"]:
        found.append(Difference("", f"{phase}.exit", left["exit"], right["exit"]))
    for name, side, without in (("ansible", left, {}), ("belay", right, refused))[alone:]:
        expected = _counted(cases, side, without)
        if expected != {key: side["recap"].get(key) for key in expected}:
            found.append(Difference("", f"{phase}.recap of {name}", expected, side["recap"]))
    for case in cases:
        name, a, b = case["id"], left["results"].get(case["id"]), right["results"].get(case["id"])
        found += _of_case(case, phase, a, b, refused.get(name))
    found += _of_files(phase, left["files"], right["files"])
    return found


def _of_case(case, phase, a, b, refusal):
    label = phase + ".status"
    if refusal is not None:
        return [] if status(a) == "failed" else [Difference(case["id"], label, status(a), "refused: " + refusal)]
    if status(a) != status(b):
        return [Difference(case["id"], label, _told(a), _told(b))]
    if status(a) in ("failed", "skipped") or phase == "check":
        return []
    pairs = [(key, tidy(a.get(key, "(none)")), tidy(b.get(key, "(none)"))) for key in KEYS[case["module"]]]
    return [d for key, x, y in pairs for d in _parts(case["id"], f"{phase}.result.{key}", x, y)]


def _parts(case, label, x, y):
    """A mapping differs in its keys."""
    if isinstance(x, dict) and isinstance(y, dict):
        return [d for key in sorted({*x, *y}) for d in _parts(case, f"{label}.{key}", x.get(key, "(none)"), y.get(key, "(none)"))]
    if isinstance(x, list) and isinstance(y, list) and x and y and isinstance(x[0], dict) and isinstance(y[0], dict):
        x, y = ({item.get("path", ""): item for item in side} for side in (x, y))
        return _parts(case, label, x, y)
    return [] if x == y and type(x) is type(y) else [Difference(case, label, x, y)]


def _told(result):
    text = status(result)
    return f"{text}: {result.get('msg', '')}" if text == "failed" else text


def _of_files(phase, left, right):
    return [Difference(owner(path), f"{phase}.files.{path}", left.get(path, "(as before)"), right.get(path, "(as before)"))
            for path in sorted({*left, *right}) if left.get(path) != right.get(path)]


def owner(path):
    """The case that a path belongs to, by its folder or by its letter and number; none for what is nobody's."""
    found = re.match(r"/case/([a-z_]+-\d{4})(/|$)", path)
    if found:
        return found.group(1)
    found = re.search(r"[#/](?:Upper)?([umpgd]{1,2})(\d{4})\b", path)
    return {"u": "user", "m": "user", "g": "group", "pg": "group", "d": "apt"}.get(found.group(1), "") + "-" + found.group(2) if found else ""


def _counted(cases, side, refused):
    """What the recap must count by the results of its tasks, and of the two tasks at the end."""
    results = [side["results"].get(case["id"]) for case in cases if case["id"] not in refused]
    statuses = [status(result) for result in results]
    fails, told = int(side["exit"] != 0), side["told"]
    return {"ok": sum(s in ("ok", "changed", "failed") for s in statuses) + told,
            "changed": sum(bool(r and r.get("changed")) for r in results) + told,
            "failed": fails, "skipped": statuses.count("skipped") + 1 - fails, "ignored": statuses.count("failed")}
