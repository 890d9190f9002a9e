"""Cases of get_url, against the loopback server."""

import hashlib

from ..draw import NAMES, packed, state
from ..web import PORT

MODIFIED = "Wed, 01 Jan 2020 12:00:00 GMT"


def get_url(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), ("absent",) * 6 + ("file", "file", "dir", "link", "dangling", "no parent", "unreadable", "foreign", "link to dir", "empty", "parent is file"),
                              ("plain", "plain", "empty"))
    body = draw.text("plain", "bytes", "empty", "long", "wide", "crlf")
    raw = body if isinstance(body, bytes) else body.encode()
    at = "/" + top[6:] + draw.rarely("/file.txt", "/with%20space", "/q?x=1&y=%27", "/")
    answer = {"status": draw.rarely(200, 404, 500, 403, 204), "headers": {}, "body": packed(raw)}
    web = {at: answer}
    if draw.random() < 0.5:
        answer["headers"]["Last-Modified"] = answer["modified"] = MODIFIED
    if draw.random() < 0.15:
        answer["headers"]["Content-Disposition"] = draw.choice(('attachment; filename="named.txt"', "attachment; filename=../evil", "inline"))
    where = at
    if draw.random() < 0.12:
        where = at + "-moved"
        web[where] = {"status": draw.choice((301, 302, 307)), "headers": {"Location": at}, "body": ""}
    args = {"url": draw.rarely(f"http://127.0.0.1:{PORT}{where}", f"http://127.0.0.1:{PORT}{where}", "http://127.0.0.1:1/none", f"file://{top}/local", "nonsense"), "dest": f"{top}/{path}" + draw.rarely("", "/")}
    setup.append(("file", "local", packed("local\n")))
    sums = {name: hashlib.new(name, raw).hexdigest() for name in ("sha256", "sha1", "md5", "sha512")}
    if draw.random() < 0.3:
        name = draw.choice(tuple(sums))
        args["checksum"] = draw.choice((f"{name}:{sums[name]}", f"{name}:{sums[name]}", f"{name}:{sums[name].upper()}", f"{name}:{'0' * len(sums[name])}", "sha256:short", "nonsense", "crc:12", f"sha256:http://127.0.0.1:{PORT}{at}.sums"))
        web[at + ".sums"] = {"status": 200, "headers": {}, "body": packed(f"{sums['sha256']}  {at.split('/')[-1].split('?')[0]}\n{'1' * 64}  other\n")}
    args.update(draw.given(force=(None, None, None, True, False), backup=(None, None, None, True)))
    if draw.random() < 0.12:
        answer["needs"] = {"Authorization": "Basic dXNlcjpwYXNz"}
        args.update(draw.given(url_username=("user", None), url_password=("pass", "wrong"), force_basic_auth=(None, True)))
    if draw.random() < 0.08:
        answer["needs"] = {"X-Want": "it's"}
        args["headers"] = draw.choice(({"X-Want": "it's"}, {"X-Want": "other"}))
    if draw.random() < 0.25:
        args.update(draw.given(mode=(None, "0600", "u+x", "4755"), owner=(None, "daemon", "nosuchuser"), group=(None, "daemon", "4321")))
    return args, setup, web


MAKERS = {"get_url": get_url}
