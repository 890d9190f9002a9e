"""Archives for unarchive, of entries that a case names."""

import datetime
import io
import os
import tarfile
import zipfile

from .model import OLD, unpacked


def write_archive(full, kind, entries):
    full = os.fsdecode(full)
    if kind == "zip":
        _zip(full, entries)
    elif kind == "broken":
        with open(full, "wb") as file:
            file.write(b"this is no archive\n" * 20)
    else:
        with tarfile.open(full, "w:" + {"tar": ""}.get(kind, kind.removeprefix("tar."))) as tar:
            for entry in entries:
                tar.addfile(*_tar_entry(entry))


def _tar_entry(entry):
    info = tarfile.TarInfo(entry["path"])
    info.mode, info.mtime = entry.get("mode", 0o644), OLD - 86400
    info.uid, info.gid, info.uname, info.gname = entry.get("uid", 0), entry.get("gid", 0), entry.get("uname", "root"), entry.get("gname", "root")
    if "link" in entry:
        info.type, info.linkname = tarfile.SYMTYPE, entry["link"]
    elif "hard" in entry:
        info.type, info.linkname = tarfile.LNKTYPE, entry["hard"]
    elif entry["path"].endswith("/"):
        info.type = tarfile.DIRTYPE
    else:
        data = unpacked(entry["data"])
        info.size = len(data)
        return info, io.BytesIO(data)
    return (info,)


def _zip(full, entries):
    when = datetime.datetime.fromtimestamp(OLD - 86400).timetuple()[:6]
    with zipfile.ZipFile(full, "w") as archive:
        for entry in entries:
            if "hard" in entry:
                continue
            info = zipfile.ZipInfo(entry["path"], when)
            folder = entry["path"].endswith("/")
            kind = 0o040000 if folder else 0o120000 if "link" in entry else 0o100000
            info.create_system = 3
            info.external_attr = (kind | entry.get("mode", 0o644)) << 16 | (0x10 if folder else 0)
            archive.writestr(info, entry["link"] if "link" in entry else b"" if folder else unpacked(entry["data"]))
