"""Cases of apt, from a folder of packages that each case has its own of; and of sysctl."""

from ..draw import packed


def apt(draw, top):
    base = "d" + top[-4:]
    one, two, three = f"{base}-one", f"{base}-two", f"{base}-three"
    setup = [("deb", f"/repo/{name}_{version}_all.deb", {"name": name, "version": version, "more": more})
             for name, version, more in ((one, "1.0", {}), (one, "2.0", {}), (two, "1.0", {"Depends": one}), (three, "1:1.5-2", {"Recommends": one}), (three, "1:1.4-1", {}))]
    there = draw.choice(("none", "none", "old", "new", "dependent", "removed", "held"))
    deb = {"old": f"/repo/{one}_1.0_all.deb", "held": f"/repo/{one}_1.0_all.deb"}.get(there, f"/repo/{one}_2.0_all.deb")
    if there != "none":
        setup.append(("command", ["dpkg", "-i", deb] + ([f"/repo/{two}_1.0_all.deb"] if there == "dependent" else [])))
    if there == "removed":
        setup.append(("command", ["dpkg", "--remove", one]))
    if there == "held":
        setup.append(("command", ["apt-mark", "hold", one]))
    name = draw.choice((one, one, one, two, three, [one, three], f"{one},{three}", f"{one}=1.0", f"{one}=2.0", f"{one}=1.*", f"{one}=9", f"{base}-nothing", [one, f"{base}-nothing"], f"{one}>=1.5", f"{three}=1:1.4-1", f"{base}-*",
                        f"{one}:all", f"{one}/stable", []))
    args = {draw.rarely("name", "pkg", "package"): name}
    args.update(draw.given(state=(None, "present", "latest", "latest", "absent", "absent", "installed", "fixed"), purge=(None, None, None, True), autoremove=(None,) * 6 + (True,), install_recommends=(None, None, True, False),
                           only_upgrade=(None,) * 6 + (True,), allow_downgrade=(None, None, None, True), allow_change_held_packages=(None,) * 5 + (True,), fail_on_autoremove=(None,) * 8 + (True,),
                           force=(None,) * 10 + (True,), default_release=(None,) * 14 + ("stable",), dpkg_options=(None,) * 10 + ("force-confold",)))
    if draw.random() < 0.12:
        args = {"deb": draw.choice((f"/repo/{one}_1.0_all.deb", f"/repo/{one}_2.0_all.deb", f"/repo/{two}_1.0_all.deb", "/repo/nothing.deb", f"{top}/broken.deb"))}
        setup.append(("archive", "broken.deb", "broken", []))
        args.update(draw.given(state=(None, None, "present"), allow_downgrade=(None, True)))
    return args, setup


KEYS = ("net.ipv4.ip_forward", "net.ipv4.tcp_syncookies", "net.ipv4.ip_local_port_range", "net.ipv4.conf.all.rp_filter", "net/ipv4/conf/lo/forwarding", "net.ipv6.conf.all.forwarding", "net.ipv4.tcp_fin_timeout", "net.ipv4.nothing_here", "net.ipv4.conf.all.log_martians", "vm.swappiness")
VALUES = ("1", "0", 1, 2, "yes", "no", True, False, "1024 60999", "1024\t60999", "30", "x", "", " 1 ", "1 # why", "2\n")


def sysctl(draw, top):
    key = draw.choice(KEYS)
    texts = ("", f"{key} = 1\n", f"{key}=0\n", f"# {key} = 5\n{key}=1\n{key}=0\n", f"other.key = 1\n;{key}=1", f"-{key} = 1\n", f"{key}\n", f"{key} = 1024   60999\nlast=1", f" {key}  =  1  \n\n# end\n", f"{key.replace('.', '/')} = 1\n")
    setup = [("file", "sysctl.conf", packed(draw.choice(texts)), draw.choice((0o644, 0o644, 0o600)))] if draw.random() < 0.8 else []
    args = {draw.rarely("name", "key"): key, "sysctl_file": f"{top}/" + draw.rarely("sysctl.conf", "none/sysctl.conf", "new.conf")}
    args.update(draw.given(value=VALUES + (None,), state=(None, None, None, "present", "absent", "absent"), reload=(None, False, False, False), sysctl_set=(None, None, True, False), ignoreerrors=(None, None, None, True)))
    if draw.random() < 0.1:
        args["value"] = draw.choice(VALUES)
    return args, setup


MAKERS = {"apt": apt, "sysctl": sysctl}
