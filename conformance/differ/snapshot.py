"""What an engine left behind: every path of the upper layer that differs from the layer below."""

import hashlib
import os
import re
import stat
import time

NOISE = re.compile(
    r"^/(tmp|var/tmp|run|var/run|dev|proc|sys|out|play|root/\.ansible|root/\.cache|var/log|var/cache"
    r"|var/lib/apt/lists|var/lib/apt/periodic|etc/\.pwd\.lock|etc/ld\.so\.cache|var/lib/dpkg/(lock|triggers|updates)"
    r"|var/lib/dpkg/status-old|var/lib/dpkg/available)(/|$)"
    r"|^/etc/(passwd|shadow|group|gshadow|subuid|subgid)-$|__pycache__")
DATABASES = re.compile(r"^/etc/(passwd|shadow|group|gshadow|subuid|subgid)$")
BACKUP = re.compile(r"\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~")
TOLD = 400


def snapshot(upper, merged, lower):
    """Path to what is there now, for all that is not as it was."""
    found = {}
    for folder, folders, files in os.walk(upper):
        inside = folder[len(upper):]
        for name in list(folders):
            if NOISE.search(inside + "/" + name):
                folders.remove(name)
        for name in folders + files:
            path = inside + "/" + name
            if NOISE.search(path):
                continue
            if DATABASES.match(path):
                found.update(_lines(merged, lower, path))
            elif path == "/var/lib/dpkg/status":
                found.update(_packages(merged, lower, path))
            elif path == "/var/lib/apt/extended_states":
                found.update(_packages(merged, lower, path))
            else:
                _compare(merged, lower, path, found)
    for path in list(found):
        if found[path] == "absent":
            _below(lower, path, found)
    return found


def _below(lower, path, found):
    """A folder that is gone takes all inside along: only its own line is told."""
    for other in list(found):
        if other.startswith(path + "/") and found[other] == "absent":
            del found[other]


def _compare(merged, lower, path, found):
    now, before = look(merged + path), look(lower + path)
    if now != before:
        found[BACKUP.sub(".BACKUP~", path)] = now


def look(full):
    """One path in one line of text; times that are today's are left out."""
    try:
        seen = os.lstat(full)
    except OSError:
        return "absent"
    mode, who = stat.S_IMODE(seen.st_mode), f"{seen.st_uid}:{seen.st_gid}"
    if stat.S_ISLNK(seen.st_mode):
        return f"link {who} -> {os.readlink(full)}"
    if stat.S_ISDIR(seen.st_mode):
        return f"dir {mode:04o} {who}"
    if not stat.S_ISREG(seen.st_mode):
        return f"special {stat.S_IFMT(seen.st_mode):o} {mode:04o} {who}"
    with open(full, "rb") as file:
        data = file.read()
    text = repr(data) if len(data) <= TOLD else f"{len(data)} bytes sha1 {hashlib.sha1(data).hexdigest()}"
    when = int(seen.st_mtime) if seen.st_mtime < time.time() - 86400 * 3 else "now"
    return f"file {mode:04o} {who} x{seen.st_nlink} t={when} {text}"


def _read(root, path):
    try:
        with open(root + path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()
    except OSError:
        return ""


def _lines(merged, lower, path):
    """A database of accounts, account by account: what a case made stands under its name."""
    def table(root):
        out = {}
        for line in _read(root, path).splitlines():
            fields = line.split(":")
            if path == "/etc/shadow" and len(fields) > 2 and fields[2].isdigit() and int(fields[2]) >= time.time() // 86400 - 2:
                fields[2] = "TODAY"
            out[fields[0]] = ":".join(fields)
        return out
    return _changed(path, table(merged), table(lower))


def _packages(merged, lower, path):
    def table(root):
        out = {}
        for stanza in _read(root, path).split("\n\n"):
            fields = dict(line.split(": ", 1) for line in stanza.splitlines() if ": " in line and line[0] != " ")
            if "Package" in fields:
                out[fields["Package"]] = " ".join(
                    fields[key] for key in ("Status", "Version", "Auto-Installed") if key in fields)
        return out
    return _changed(path, table(merged), table(lower))


def _changed(path, now, before):
    return {f"{path}#{name}": now.get(name, "absent")
            for name in {**before, **now} if now.get(name) != before.get(name)}
