"""Cases of stat, find and unarchive."""

from ..draw import NAMES, packed, state
from ..model import OLD

DAY = 86400


def stat(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES))
    args = {draw.rarely("path", "dest", "name"): f"{top}/{path}" + draw.rarely("", "/", "/.")}
    args.update(draw.given(follow=(None, None, True, False), get_checksum=(None, None, True, False), get_mime=(None, None, True, False), get_attributes=(None, None, True, False),
                           checksum_algorithm=(None, None, None, "md5", "sha1", "sha256", "sha224", "sha384", "sha512", "crc")))
    return args, setup


def find(draw, top):
    setup = [("file", "t/a.txt", packed("one\ntwo\n"), 0o644), ("file", "t/b.log", packed("x" * 3000), 0o600, 1, 1), ("file", "t/.hidden", packed("h\n")),
             ("file", "t/sub/c.txt", packed("three\n"), 0o755), ("file", "t/sub/deep/d.txt", packed("caf\u00e9\n")), ("dir", "t/empty"), ("link", "t/ln", "a.txt"), ("link", "t/ldir", "sub"),
             ("link", "t/bad", "nowhere"), ("file", "t/with space", packed("")), ("file", "t/\u65e5\u672c.txt", packed("\u65e5\n")), ("file", "t/old.txt", packed("old\n"), 0o644, 0, 0, OLD - 900 * DAY),
             ("file", "t/a+b.txt", packed(b"\xff\xfe\n")), ("dir", "t/.hid"), ("file", "t/.hid/e.txt", packed("two\n"), 0o4755), ("fifo", "t/pipe"), ("file", "t/two\nlines", packed("n\n"))]
    if draw.random() < 0.7:
        setup = setup[:-2] + [deed for deed in setup[-2:] if draw.random() < 0.3]
    args = {draw.rarely("paths", "path", "name"): draw.choice((f"{top}/t", f"{top}/t/", [f"{top}/t/sub", f"{top}/t"], f"{top}/nothing", [f"{top}/t", f"{top}/nothing"], f"{top}/t/a.txt", f"{top}/t/ldir",
                                                                 f"{top}/t,{top}/t/sub", f"{top}"))}
    args.update(draw.given(recurse=(None, True, True, False), depth=(None,) * 6 + (1, 2, 0, -1), hidden=(None, None, True), follow=(None, None, None, True), get_checksum=(None, None, True),
                           file_type=(None, None, "file", "directory", "link", "any", "any", "socket"), patterns=(None, None, "*.txt", "*.log,*.txt", ["*.txt", "ln"], "[ab]*", "^a.*", "*", "*a*", "\u65e5*", ".*"),
                           excludes=(None,) * 5 + ("*.log", "a*,b*", ["*.txt"], "*sub*"), use_regex=(None,) * 4 + (True,), size=(None,) * 6 + ("1k", "-1k", "10", "-10b", "3000", "x", "0"),
                           age=(None,) * 6 + ("1d", "-1d", "1000w", "-300w", "2y", "x"), age_stamp=(None,) * 6 + ("mtime",), contains=(None,) * 7 + ("one", ".*w.*", "two", "caf\u00e9", "^h$"),
                           read_whole_file=(None,) * 5 + (True,)))
    if args.get("use_regex") and isinstance(args.get("patterns"), str):
        args["patterns"] = draw.choice(("^a.*", ".*\\.txt$", "(a|b)\\..*", "[", "a"))
    return args, setup


def _entries(draw):
    entries = [{"path": "top/"}, {"path": "top/a", "data": packed("a\n")}, {"path": "top/x", "data": packed("x\n"), "mode": 0o755}, {"path": "top/sub/", "mode": 0o700},
               {"path": "top/sub/caf\u00e9 b", "data": packed("b\n"), "mode": 0o600}]
    entries[0]["mode"] = entries[0].get("mode", 0o755)
    for odd in ({"path": "top/ln", "link": "a"}, {"path": "top/twin", "hard": "top/a"}, {"path": "single", "data": packed("s\n")}, {"path": "top/dash -x", "data": packed("")},
                {"path": "top/own", "data": packed("o\n"), "uid": 1234, "gid": 4321, "uname": "", "gname": ""}, {"path": "implicit/dir/f", "data": packed("f\n")}):
        if draw.random() < 0.3:
            entries.append(odd)
    if draw.random() < 0.04:
        entries = []
    return entries


def unarchive(draw, top):
    kind = draw.choice(("tar", "tar.gz", "tar.gz", "tar.bz2", "tar.xz", "zip", "zip", "broken"))
    entries = _entries(draw)
    setup = [("archive", "ctl/pack." + kind, kind, entries)]
    dest = f"{top}/out"
    place = draw.choice(("dir",) * 6 + ("absent", "file", "link", "filled", "filled", "foreign"))
    if place in ("dir", "filled", "foreign"):
        setup.append(("dir", "out", 0o755))
    if place == "filled":
        setup += [("dir", "out/top"), ("file", "out/top/a", packed(draw.choice(("a\n", "b\n", "longer\n"))), draw.choice((0o644, 0o600)), 0, 0, draw.choice((OLD, OLD - DAY)))]
    if place == "foreign":
        setup.append(("file", "out/other", packed("stays\n")))
    if place == "file":
        setup.append(("file", "out", packed("in the way\n")))
    if place == "link":
        setup += [("dir", "realout"), ("link", "out", "realout")]
    args = {"src": f"{top}/ctl/pack.{kind}", "dest": dest + draw.rarely("", "/")}
    args.update(draw.given(remote_src=(None, True, True), creates=(None,) * 8 + (f"{top}/ctl", f"{top}/nothing"), list_files=(None, None, True), keep_newer=(None,) * 5 + (True,),
                           exclude=(None,) * 6 + (["top/a"], ["top/sub"], ["*.none"]), include=(None,) * 10 + (["top/a"], ["top/x"])))
    if kind != "zip" and draw.random() < 0.15:
        args["extra_opts"] = draw.choice((["--strip-components=1"], ["--transform", "s/^top/renamed/"], ["--no-such-option"]))
    if draw.random() < 0.03:
        args["src"] = f"{top}/ctl/none.tar"
    if draw.random() < 0.25:
        args.update(draw.given(mode=(None, "0755", "0644", "u=rwX,go=rX", "u+x"), owner=(None, "daemon", "nosuchuser", "1234"), group=(None, "daemon", "4321")))
    return args, setup


MAKERS = {"stat": stat, "find": find, "unarchive": unarchive}
