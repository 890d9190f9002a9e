"""Seeded choices, and the tables that all modules draw from."""

import random

from .model import packed

TEXTS = {
    "plain": "one\ntwo\nthree\n",
    "no end": "one\ntwo\nthree",
    "empty": "",
    "one end": "\n",
    "crlf": "one\r\ntwo\r\nthree\r\n",
    "mixed": "one\r\ntwo\nthree\rfour\n",
    "blank": "\n\none\n\n\ntwo\n\n",
    "settings": "# a comment\nkey = value\n#key = other\n key=3\nname=x y z\nkey = value\n",
    "marked": "head\n# BEGIN ANSIBLE MANAGED BLOCK\nold a\nold b\n# END ANSIBLE MANAGED BLOCK\ntail\n",
    "marked at end": "head\n# BEGIN ANSIBLE MANAGED BLOCK\nold a\n# END ANSIBLE MANAGED BLOCK",
    "half marked": "head\n# BEGIN ANSIBLE MANAGED BLOCK\nold a\ntail\n",
    "marked twice": "# BEGIN ANSIBLE MANAGED BLOCK\na\n# END ANSIBLE MANAGED BLOCK\nx\n# BEGIN ANSIBLE MANAGED BLOCK\nb\n# END ANSIBLE MANAGED BLOCK\n",
    "upside down": "# END ANSIBLE MANAGED BLOCK\na\n# BEGIN ANSIBLE MANAGED BLOCK\nb\n",
    "signs": "a.b*c\n$(id) `id` \"x\" 'y' \\1 \\n\n[section]\n{{ braces }}\n%s %d\n~/x\n",
    "wide": "caf\u00e9\n\u65e5\u672c\u8a9e \u4f60\u597d\n\U0001f600\n",
    "bytes": b"caf\xe9\none\n\xff\xfe\ntwo\n",
    "zero": b"one\n\x00two\nthree\n",
    "tabs": "\tone\n  two  \nthree\t\n",
    "long": "x" * 3000 + "\nend\n",
    "feeds": "one\x0ctwo\x0bthree\u2028four\u0085five\n",
    "same": "same\nsame\nsame\n",
}
NAMES = ("f", "f", "f", "f.conf", "with space", "-dash", "quo'te\"d", "$(touch pwned)", "\u65e5\u672c\u8a9e", "semi;colon&", "back\\slash",
         "star*[x]?", "percent%s", "#hash", "tilde~", "a=b", "new\nline", "comma,x")
MODES = (None, None, "0644", "0600", "0755", 0o640, "u+x", "u=rw,g=r,o=", "a+X", "g-w,o-r", "4755", "01777", "+x", "ug=rwX,o=", "0", "00644",
         "preserve", "u+s,o+t", "o=u", "abc", "99999", "u=rwz")
OWNERS = (None, None, None, None, "root", "daemon", "nobody", "1234", 1, "nosuchuser", "0")
GROUPS = (None, None, None, None, "root", "daemon", "nogroup", "4321", 2, "nosuchgroup")


class Draw(random.Random):
    """A case's own source of choices: the same for the same seed and name, whatever other cases do."""

    def __init__(self, seed, name):
        super().__init__(f"{seed}/{name}")

    def given(self, **tables):
        """Arguments, each drawn from its table; None leaves one out."""
        drawn = {key: self.choice(table) for key, table in tables.items()}
        return {key: value for key, value in drawn.items() if value is not None}

    def rarely(self, likely, *rare):
        """Mostly the first; each fifth time one of the rest."""
        return self.choice(rare) if self.random() < 0.2 else likely

    def text(self, *names):
        return TEXTS[self.choice(names or tuple(TEXTS))]

    def attributes(self):
        """Owner, group and mode; mostly none."""
        return self.given(mode=MODES, owner=OWNERS, group=GROUPS) if self.random() < 0.35 else {}

    def extra(self):
        """Keywords of the task besides."""
        return self.choice(({"when": "1 == 2"}, {"changed_when": False}, {"failed_when": False}, {"failed_when": True},
                            {"changed_when": True})) if self.random() < 0.04 else {}


def state(draw, path, kinds=None, texts=()):
    """What may be at a path: its name, the path, and the deeds that make it so."""
    kind = draw.choice(kinds or ("absent", "file", "file", "file", "dir", "full dir", "link", "link to dir", "dangling", "loop", "hard", "fifo",
                                 "unreadable", "foreign", "setuid", "no parent", "parent is file", "empty"))
    body = packed(draw.text(*texts))
    if kind == "no parent":
        return kind, "gone/deep/" + path, []
    if kind == "parent is file":
        return kind, "plain/" + path, [("file", "plain", packed("x\n"))]
    deeds = {
        "absent": [],
        "file": [("file", path, body)],
        "empty": [("file", path, packed(""))],
        "dir": [("dir", path)],
        "full dir": [("dir", path, 0o750), ("file", path + "/one", body), ("dir", path + "/sub", 0o700), ("file", path + "/sub/two", packed("2\n"), 0o600),
                     ("link", path + "/ln", "one"), ("link", path + "/bad", "nowhere")],
        "link": [("file", "real", body), ("link", path, "real")],
        "link to dir": [("dir", "realdir"), ("file", "realdir/in", packed("in\n")), ("link", path, "realdir")],
        "dangling": [("link", path, "nowhere")],
        "loop": [("link", path, path)],
        "hard": [("file", "twin", body), ("hard", path, "twin")],
        "fifo": [("fifo", path)],
        "unreadable": [("file", path, body, 0)],
        "foreign": [("file", path, body, 0o664, 1234, 4321)],
        "setuid": [("file", path, body, 0o4755)],
    }[kind]
    return kind, path, deeds

