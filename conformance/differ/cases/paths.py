"""Cases of file, copy and template."""

from ..draw import NAMES, packed, state

TIMES = (None, None, None, None, "preserve", "now", "202001010203.04", "2020-01-01 02:03:04", "nonsense")


def file(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES))
    args = {"path": f"{top}/{path}" + draw.rarely("", "/", "//")}
    args.update(draw.given(state=(None, "file", "file", "directory", "directory", "link", "link", "hard", "touch", "touch", "absent", "absent", "gone"),
                           follow=(None, None, True, False), force=(None, None, None, True, False)))
    if args.get("state") in ("link", "hard") and draw.random() < 0.9 or draw.random() < 0.05:
        args["src"] = draw.choice(("other", "nowhere", f"{top}/other", f"{top}/nowhere", "../" + top[6:] + "/other", f"{top}/otherdir", "otherdir", "./other",
                                   f"{top}/./other", f"{top}/{path}", "", "real", "realdir", f"{top}/real", f"{top}/twin"))
    if args.get("state") in ("directory", None) and draw.random() < 0.35:
        args["recurse"] = draw.choice((True, True, False))
    if args.get("state") in ("touch", "file") and draw.random() < 0.5 or draw.random() < 0.05:
        args.update(draw.given(modification_time=TIMES, access_time=TIMES, modification_time_format=(None, None, None, "%Y-%m-%d %H:%M:%S")))
    args.update(draw.attributes())
    return args, setup + [("file", "other", packed("other\n")), ("dir", "otherdir")]


CONTENTS = ("new\n", "new", "", "one\ntwo\nthree\n", "caf\u00e9 \u65e5\u672c\n", "a\r\nb\r\n", {"a": 1, "b": ["x", None, True]}, ["x", "y"], 5, True, 1.5,
            "'quotes' \"and\" $(id) `id` \\n \\\\ %s\n", "\ttab\n", "{{ 'from' ~ ' jinja' }}\n", "{{ 3 }}", "x" * 9000, "# {not a tag}\n", "yes", "0644", "- a\n- b\n", "null")


def _placing(draw, top, args):
    args.update(draw.given(force=(None, None, None, True, False), backup=(None, None, None, True), follow=(None, None, None, True, False)))
    if draw.random() < 0.1:
        args["validate"] = draw.choice(("true %s", "false %s", "test -s %s", "grep -q one %s", "true", "nosuchprogram %s", "sh -c 'test -f %s'"))
    args.update(draw.attributes())


def copy(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), texts=("plain", "plain", "empty", "crlf", "wide", "bytes", "no end"))
    args = {"dest": f"{top}/{path}" + draw.rarely("", "/")}
    flavour = draw.choice(("content", "content", "content", "file", "file", "folder", "remote", "remote", "remote folder", "missing"))
    if flavour == "content":
        args["content"] = draw.choice(CONTENTS)
    elif flavour == "file":
        setup.append(("file", "ctl/src file", packed(draw.text("plain", "plain", "bytes", "crlf", "empty", "zero", "long")), draw.choice((0o644, 0o600, 0o755))))
        args["src"] = f"{top}/ctl/src file"
    elif flavour in ("folder", "remote folder"):
        setup += _folder("ctl/tree", draw)
        args["src"] = f"{top}/ctl/tree" + draw.choice(("", "/"))
        args.update(draw.given(directory_mode=(None, None, "0700", "u=rwx,go="), local_follow=(None, None, True, False)))
    elif flavour == "remote":
        setup.append(("file", "src", packed(draw.text("plain", "bytes", "empty", "long")), draw.choice((0o644, 0o600, 0o755, 0)), 0, 0))
        args["src"] = f"{top}/src"
    else:
        args["src"] = f"{top}/ctl/nothing"
    if flavour.startswith("remote"):
        args["remote_src"] = True
    _placing(draw, top, args)
    if flavour in ("file", "remote") and draw.random() < 0.15:
        args["checksum"] = draw.choice(("0" * 40, "a0a2e5b1d1b1f4c2c6c4f1a2b3c4d5e6f7a8b9c0"))
    if "content" in args and draw.random() < 0.03:
        args["src"] = f"{top}/ctl/nothing"
    return args, setup


def _folder(base, draw):
    deeds = [("dir", base, draw.choice((0o755, 0o700, 0o775))), ("file", base + "/a", packed("a\n"), 0o640), ("file", base + "/b b", packed("b\n")),
             ("dir", base + "/sub", 0o750), ("file", base + "/sub/c", packed(b"\xff\n"), 0o755), ("dir", base + "/empty")]
    if draw.random() < 0.4:
        deeds += [("link", base + "/ln", "a"), ("link", base + "/lsub", "sub")]
    if draw.random() < 0.1:
        deeds.append(("link", base + "/bad", "nowhere"))
    return deeds


TEMPLATES = ("plain text\n", "no end", "{{ 1 + 1 }}\n", "{% for x in [1, 2] %}\n  {{ x }}\n{% endfor %}\nend\n", "{% for x in [1, 2] %}{{ x }}\n{% endfor %}",
             "  {% if true %}\nyes\n  {% endif %}\n", "{# gone #}\nkept\n", "{{ undefined_name }}\n", "{{ 'x' | upper }}{{ none }}{{ true }}{{ [1, 'a'] }}{{ {'k': 'v'} }}\n",
             "{{ broken\n", "a\r\nb {{ 1 }}\r\n", "caf\u00e9 {{ '\u65e5' }}\n", "", "\n\n", "{% raw %}{{ x }}{% endraw %}\n", "#jinja2: trim_blocks: False\n{% if 1 %}\nx\n{% endif %}\n",
             "#jinja2: lstrip_blocks: True\n  {% if 1 %}\nx\n  {% endif %}\n", "{{ ansible_managed }}\n", "{%- if 1 -%}\n a \n{%- endif -%}\n", "{{ 5 / 2 }} {{ 7 // 2 }} {{ 1e3 }}\n",
             "[% if 1 %]x[% endif %] [[ 1 ]]\n", "#jinja2: variable_start_string: '[[', variable_end_string: ']]'\n[[ 1 ]] {{ 2 }}\n", "{{ inventory_hostname }} {{ template_path | basename }}\n",
             "one\n{{ 'two' }}\nthree\n", "{% set x = 'q' %}{{ x }}\n{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(1) }}\n", "\ttab {{ 'x\ty' }}\n", "{{ '{{' }} }}\n")


def template(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), texts=("plain", "plain", "empty", "crlf"))
    setup.append(("file", "ctl/t.j2", packed(draw.choice(TEMPLATES)), draw.choice((0o644, 0o600, 0o755))))
    args = {"src": f"{top}/ctl/t.j2", "dest": f"{top}/{path}" + draw.rarely("", "/")}
    if draw.random() < 0.03:
        args["src"] = f"{top}/ctl/none.j2"
    args.update(draw.given(newline_sequence=(None, None, None, None, "\n", "\r\n", "\r"), trim_blocks=(None, None, None, True, False), lstrip_blocks=(None, None, None, True, False),
                           variable_start_string=(None,) * 9 + ("[[",), variable_end_string=(None,) * 9 + ("]]",), block_start_string=(None,) * 9 + ("[%",),
                           block_end_string=(None,) * 9 + ("%]",), output_encoding=(None,) * 12 + ("utf-8", "latin-1", "utf-16")))
    _placing(draw, top, args)
    return args, setup


MAKERS = {"file": file, "copy": copy, "template": template}
