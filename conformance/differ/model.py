"""A case: one task, and what is there before it runs."""

import base64
from dataclasses import asdict, dataclass, field

MODULES = ("file", "copy", "template", "lineinfile", "blockinfile", "replace", "stat", "find",
           "unarchive", "get_url", "apt", "sysctl", "user", "group")
OLD = 1577880000  # 2020-01-01 12:00 UTC: the time of all that is prepared


@dataclass
class Case:
    """One task of a module, on a folder of its own.

    setup: how the folder is prepared, outside of both engines; see prepare.py for the deeds.
    web:   what the loopback server answers, by path.
    extra: keywords of the task besides (when, loop, changed_when ...).
    """

    id: str
    module: str
    args: dict
    setup: list = field(default_factory=list)
    web: dict = field(default_factory=dict)
    extra: dict = field(default_factory=dict)

    @property
    def folder(self):
        return "/case/" + self.id

    @property
    def register(self):
        return self.id.replace("-", "_")

    def task(self):
        name = "ansible.posix.sysctl" if self.module == "sysctl" else self.module
        return {"name": self.id, name: self.args, "register": self.register,
                "ignore_errors": True, **self.extra}

    def plain(self):
        return {**asdict(self), "task": self.task(), "register": self.register}


def packed(data):
    """Bytes or text as JSON can carry them."""
    raw = data.encode() if isinstance(data, str) else data
    return base64.b64encode(raw).decode()


def unpacked(text):
    return base64.b64decode(text)
