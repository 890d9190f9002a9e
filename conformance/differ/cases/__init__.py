"""The cases of each module: the same for the same seed and number."""

from ..draw import Draw
from ..model import Case
from . import accounts, lines, packages, paths, reading, web

MAKERS = {**paths.MAKERS, **lines.MAKERS, **reading.MAKERS, **web.MAKERS, **packages.MAKERS, **accounts.MAKERS}


def make(seed, module, number):
    name = f"{module}-{number:04d}"
    draw = Draw(seed, name)
    args, setup, *web_answers = MAKERS[module](draw, "/case/" + name)
    return Case(name, module, args, setup, web_answers[0] if web_answers else {}, draw.extra())
