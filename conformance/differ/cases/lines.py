"""Cases of lineinfile, blockinfile and replace."""

from ..draw import NAMES, TEXTS, state

LINES = ("two", "new line", "key = new", "key = value", "", " lead", "trail ", "\ttab", "caf\u00e9 \u65e5\u672c", "'q' \"q\" $(id) `id` \\n \\1", "a\nb", "name=x y z", "one", "same", "%s", "\\g<1>", "[section]",
         "#key = other", "x" * 2000, "two\r", "key: 'it''s'", "a\\tb")
PATTERNS = ("^key", "^key\\s*=", "^#?key", "two", "^two$", "t.o", "nothing like it", "(o)ne", "^(k)(ey)", "^$", ".*", "\\s+$", "caf\u00e9", "^\\[", "(?i)TWO", "(?P<n>key)", "e$", "^same", "\r$", "[", "(?<=o)n", "a|b", "\\bone\\b",
            "^name=(.*) (.*)$", "\u65e5", "x{3,}", "\\d", "^\\s*#", "o\\Z")
PLACES = (None, None, None, "EOF", "^key", "two", "one", "nothing like it", "^\\[", "^#", "same", "BOF", "(", "^$", "three$")
STATES = ("file",) * 12 + ("absent", "absent", "link", "dangling", "dir", "unreadable", "foreign", "hard", "no parent", "empty", "link to dir", "loop", "parent is file", "setuid", "fifo")


def _common(draw, args):
    args.update(draw.given(backup=(None, None, None, None, True), create=(None, None, True, False)))
    if draw.random() < 0.08:
        args["validate"] = draw.choice(("true %s", "false %s", "grep -q one %s", "true", "nosuchprogram %s"))
    if draw.random() < 0.25:
        args.update(draw.attributes())
    return args


def lineinfile(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), STATES)
    if kind == "fifo":
        kind, path, setup = "absent", path, []
    args = {draw.rarely("path", "dest", "name"): f"{top}/{path}"}
    args.update(draw.given(state=(None, None, "present", "absent", "absent")))
    if draw.random() < 0.93:
        args[draw.rarely("line", "value")] = draw.choice(LINES)
    pick = draw.random()
    if pick < 0.5:
        args[draw.rarely("regexp", "regex")] = draw.choice(PATTERNS)
    elif pick < 0.6:
        args["search_string"] = draw.choice(("two", "key", "= v", "nothing", "^key", ".", "a.b*c", "\\1"))
    if draw.random() < 0.02:
        args["search_string"] = "two"
    args.update(draw.given(insertafter=PLACES) if draw.random() < 0.4 else draw.given(insertbefore=PLACES) if draw.random() < 0.4 else {})
    if draw.random() < 0.02:
        args.update(insertafter="^one", insertbefore="^two")
    args.update(draw.given(firstmatch=(None, None, None, True, False)))
    if "regexp" in args and draw.random() < 0.3:
        args["backrefs"] = True
        args["line"] = draw.choice(("\\1 there", "\\g<1>", "<\\g<0>>", "\\2", "plain", "\\1\\1 caf\u00e9", "\\g<n>", "\\\\1"))
    return _common(draw, args), setup


BLOCKS = ("new a\nnew b\n", "new a\nnew b", "", "old a\n", "old a\nold b\n", "one", "caf\u00e9\n\u65e5\n", "\n", "\n\nx\n", "  indented\n\ttab\n", "'q' \"q\" $(id) \\1 \\n %s", "a\r\nb", "# BEGIN ANSIBLE MANAGED BLOCK\n", "# END ANSIBLE MANAGED BLOCK",
          5, True, "x" * 3000, "x\n\n", " ")
MARKERS = (None, None, None, None, "# {mark} ANSIBLE MANAGED BLOCK", "<!-- {mark} -->", "; {mark} caf\u00e9", "#{mark}", "no mark", "", "{mark}", "{mark}\n", "-- {mark} {mark} --", "// {mark} 'q' $(id) \\1")


def blockinfile(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), tuple(k for k in STATES if k != "fifo"),
                              ("marked", "marked", "marked at end", "half marked", "marked twice", "upside down", *TEXTS))
    args = {draw.rarely("path", "dest", "name"): f"{top}/{path}"}
    if draw.random() < 0.9:
        args[draw.rarely("block", "content")] = draw.choice(BLOCKS)
    args.update(draw.given(state=(None, None, None, "present", "absent"), marker=MARKERS, marker_begin=(None,) * 6 + ("START", "BEGIN", ""), marker_end=(None,) * 6 + ("STOP", "START", "")))
    args.update(draw.given(insertafter=PLACES + ("(?m)two$", "(?m)^one\n", "(?m)one\ntwo")) if draw.random() < 0.4 else
                draw.given(insertbefore=PLACES + ("(?m)^two", "(?m)^one\n")) if draw.random() < 0.4 else {})
    if draw.random() < 0.02:
        args.update(insertafter="^one", insertbefore="^two")
    return _common(draw, args), setup


REPLACEMENTS = (None, "", "NEW", "\\1", "\\g<0>!", "<\\1>", "a\nb", "caf\u00e9 \u65e5", "two", "one", "$1 $(id) 'q' \"q\"", "\\\\", "\\n", "\\t", "\\g<n>x", "\\2\\1", "%s", "&", "\\0", "\\u0041", "x" * 500, 5, "one\\ntwo", "\\d")


def replace(draw, top):
    kind, path, setup = state(draw, draw.choice(NAMES), tuple(k for k in STATES if k != "fifo"))
    args = {draw.rarely("path", "dest", "name"): f"{top}/{path}", "regexp": draw.choice(PATTERNS + ("^", "$", "\n", "one\ntwo", "^(.*)$", "(?s)one.*two", "o*", "(one|two)", "\\r", "\\n\\n+"))}
    args.update(draw.given(replace=REPLACEMENTS, after=(None,) * 6 + ("one", "^key", "nothing", "o.e\n", "(?P<x>one)", "head"),
                           before=(None,) * 6 + ("three", "two", "nothing", "tail", "$", "(o)"), encoding=(None,) * 14 + ("utf-8", "latin-1")))
    _common(draw, args)
    args.pop("create", None)
    return args, setup


MAKERS = {"lineinfile": lineinfile, "blockinfile": blockinfile, "replace": replace}
