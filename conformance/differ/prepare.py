"""Makes what is there before a case runs. Neither engine has a part in it."""

import os

from .archives import write_archive
from .debs import index, write_deb
from .model import OLD, unpacked


def prepare(root, cases, chroot):
    """root: the layer to write to. chroot: runs a command with that layer over the machine's files."""
    later = []
    for case in cases:
        top = os.path.join(root, "case", case["id"])
        os.makedirs(top, exist_ok=True)
        for deed in case["setup"]:
            if deed[0] == "command":
                later.append(deed[1])
            else:
                _make(root, top, deed)
        _age(top)
    if os.path.isdir(root + "/repo"):
        _source_of_packages(root, chroot)
    for command in later:
        chroot(command)


def _source_of_packages(root, chroot):
    """The folder of packages becomes the only source of apt."""
    with open(root + "/repo/Packages", "w", encoding="utf-8") as file:
        file.write(index(root + "/repo"))
    os.makedirs(root + "/etc/apt", exist_ok=True)
    with open(root + "/etc/apt/sources.list", "w", encoding="utf-8") as file:
        file.write("deb [trusted=yes] file:/repo ./\n")
    chroot(["sh", "-c", "rm -rf /etc/apt/sources.list.d/* /etc/apt/preferences.d/* /var/lib/apt/lists/*; apt-get -q update"])


def _make(root, top, deed):
    kind, path, *rest = deed
    full = os.path.join(root, path.lstrip("/")) if path.startswith("/") else os.path.join(top, path)
    full = full.encode("utf-8", "surrogateescape")
    os.makedirs(os.path.dirname(full), exist_ok=True)
    if kind == "file":
        with open(full, "wb") as file:
            file.write(unpacked(rest[0]))
        _attributes(full, rest[1:], 0o644)
    elif kind == "dir":
        os.makedirs(full, exist_ok=True)
        _attributes(full, rest, 0o755)
    elif kind == "link":
        os.symlink(rest[0], full)
        if len(rest) > 1:
            os.lchown(full, rest[1], rest[2])
    elif kind == "hard":
        os.link(os.path.join(top, rest[0]), full)
    elif kind == "fifo":
        os.mkfifo(full)
    elif kind == "deb":
        write_deb(full, rest[0])
    elif kind == "archive":
        write_archive(full, rest[0], rest[1])
    else:
        raise ValueError(kind)


def _attributes(full, rest, mode):
    given = list(rest) + [mode, 0, 0][len(rest):]
    os.chown(full, given[1], given[2])
    os.chmod(full, given[0])
    if len(rest) > 3:
        os.utime(full, (rest[3], rest[3]))


def _age(top):
    """Prepared things are old, so that what an engine touches tells itself; what has a time keeps it."""
    for folder, folders, files in os.walk(top, topdown=False):
        for name in files + folders:
            full = os.path.join(folder, name)
            if os.lstat(full).st_mtime > OLD * 1.1:
                os.utime(full, (OLD, OLD), follow_symlinks=False)
    os.utime(top, (OLD, OLD))
