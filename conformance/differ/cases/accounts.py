"""Cases of user and group: each has names and numbers of its own."""

HASH = "$6$saltsalt$" + "x" * 86


def _numbers(top):
    number = int(top[-4:])
    return f"{number:04d}", 4 * number


def user(draw, top):
    number, uid = _numbers(top)
    name, group, uid = "u" + number, "m" + number, 20000 + uid
    setup = [("command", ["groupadd", "-g", str(uid + 2), group])]
    there = draw.choice(("none", "none", "plain", "plain", "with home", "system", "locked", "expired", "in groups"))
    more = {"plain": ["-M"], "with home": ["-m", "-s", "/bin/sh", "-c", "Old Name"], "system": ["-r", "-M"], "locked": ["-M", "-p", "!" + HASH], "expired": ["-M", "-e", "2030-01-01"], "in groups": ["-M", "-G", f"{group},daemon"]}.get(there)
    if more is not None:
        setup.append(("command", ["useradd", "-u", str(uid), *more, name]))
    args = {draw.rarely("name", "user"): name, **draw.given(
        state=(None, None, None, None, "present", "absent", "absent", "gone"), uid=(uid, uid, uid, uid + 1, 0, None), group=(None, None, None, group, "daemon", str(uid + 2), "nosuchgroup"),
        groups=(None, None, None, group, [group, "daemon"], "", f"{group},bin", [], "nosuchgroup"), append=(None, None, True, False), comment=(None, None, "A Name", "", "caf\u00e9 \u65e5\u672c", "it's \"q\" $(id)", "a:b"),
        shell=(None, None, "/bin/sh", "/bin/bash", "/no/shell", "/usr/sbin/nologin", ""), home=(None, None, None, f"{top}/home", "/home/" + name, f"{top}/with space"), create_home=(None, None, True, False, False), move_home=(None,) * 5 + (True,),
        system=(None,) * 5 + (True, False), password=(None,) * 4 + (HASH, "*", "!", ""), update_password=(None, None, "always", "on_create"), password_lock=(None,) * 5 + (True, False), expires=(None,) * 6 + (-1, 1900000000, 0, 1893456000.0),
        remove=(None,) * 3 + (True,), force=(None,) * 5 + (True,), non_unique=(None,) * 8 + (True,), skeleton=(None,) * 9 + ("/etc/apt", "/nowhere"), umask=(None,) * 9 + ("077",), password_expire_max=(None,) * 8 + (90,), password_expire_min=(None,) * 8 + (7,))}
    if draw.random() < 0.04:
        args["name"] = draw.choice(("-dash", "with space", "Upper" + name, "", "a:b", "x" * 40, "$(id)"))
    return args, setup


def group(draw, top):
    number, gid = _numbers(top)
    name, gid = "g" + number, 40000 + gid
    setup = []
    there = draw.choice(("none", "none", "plain", "plain", "other gid", "primary", "with members", "system"))
    if there != "none":
        setup.append(("command", ["groupadd", "-g", str(gid + (1 if there == "other gid" else 0)), *(["-r"] if there == "system" else []), name]))
    if there == "primary":
        setup.append(("command", ["useradd", "-M", "-u", str(gid), "-g", name, "p" + name]))
    if there == "with members":
        setup.append(("command", ["usermod", "-aG", name, "daemon"]))
    args = {"name": name, **draw.given(state=(None, None, "present", "absent", "absent", "gone"), gid=(gid, gid, gid + 1, None, 0, 1, str(gid), "x"), system=(None, None, None, True, False), non_unique=(None, None, None, True, False), local=(None,) * 8 + (True, False))}
    if draw.random() < 0.08:
        args["name"] = draw.choice(("-dash", "with space", "Upper" + name, "", "a:b", "x" * 40, "$(id)", "root", "caf\u00e9"))
    return args, setup


MAKERS = {"user": user, "group": group}
