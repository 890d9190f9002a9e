"""Small Debian packages and the index of a folder of them."""

import hashlib
import io
import os
import tarfile

from .model import OLD


def control(deb):
    return "".join(f"{key}: {value}\n" for key, value in
                   {"Package": deb["name"], "Version": deb["version"], "Architecture": "all",
                    "Maintainer": "nobody <nobody@example.org>", **deb.get("more", {}), "Description": "made for a test"}.items())


def write_deb(full, deb):
    name = deb["name"]
    parts = (("debian-binary", b"2.0\n"),
             ("control.tar.gz", _tar({"./control": (control(deb), 0o644), **{
                 "./" + script: (text, 0o755) for script, text in deb.get("scripts", {}).items()}})),
             ("data.tar.gz", _tar({f"./usr/share/{name}/version": (deb["version"] + "\n", 0o644)})))
    data = b"!<arch>\n"
    for part, body in parts:
        data += f"{part:<16}{OLD:<12}{0:<6}{0:<6}{'100644':<8}{len(body):<10}`\n".encode() + body + b"\n" * (len(body) % 2)
    with open(full, "wb") as file:
        file.write(data)


def _tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        folders = sorted({"/".join(path.split("/")[:n]) for path in files for n in range(1, path.count("/") + 1)})
        for folder in folders:
            info = tarfile.TarInfo(folder + "/")
            info.type, info.mode, info.mtime = tarfile.DIRTYPE, 0o755, OLD
            tar.addfile(info)
        for path, (text, mode) in files.items():
            info = tarfile.TarInfo(path)
            info.size, info.mode, info.mtime = len(text), mode, OLD
            tar.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


def index(folder):
    """The text of Packages for the packages of a folder."""
    out = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".deb"):
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            out.append(_control_of(data) + f"Filename: ./{name}\nSize: {len(data)}\nSHA256: {hashlib.sha256(data).hexdigest()}\n")
    return "\n".join(out)


def _control_of(data):
    at = 8
    while at < len(data):
        name, size = data[at:at + 16].decode().strip(), int(data[at + 48:at + 58])
        if name == "control.tar.gz":
            with tarfile.open(fileobj=io.BytesIO(data[at + 60:at + 60 + size])) as tar:
                return tar.extractfile("./control").read().decode()
        at += 60 + size + size % 2
    raise ValueError("no control file")
