"""German stemming after CISTEM (Weissweiler and Fraser 2017), written from its description.

One rule is left out: CISTEM drops a leading ``ge``. That serves participles, but
in the words of a town hall it makes ``Geräte`` a ``Rat`` and ``Gewerbe`` a ``Werbung``,
and it breaks search while typing.
"""

from __future__ import annotations

import re
from functools import cache

_DOUBLE = re.compile(r"(.)\1")
_HIDDEN_DOUBLE = re.compile(r"(.)\*")
_HIDE = (("sch", "$"), ("ei", "%"), ("ie", "&"))


@cache
def stem(word: str) -> str:
    """Strip the inflection of a folded word; numbers and words of up to three letters stay."""
    for plain, sign in _HIDE:
        word = word.replace(plain, sign)
    word = _DOUBLE.sub(lambda found: f"{found[1]}*", word)
    while len(word) > 3:
        if len(word) > 5 and word.endswith(("em", "er", "nd")):
            word = word[:-2]
        elif word[-1] in "tesn":
            word = word[:-1]
        else:
            break
    word = _HIDDEN_DOUBLE.sub(lambda found: found[1] * 2, word)
    for plain, sign in _HIDE:
        word = word.replace(sign, plain)
    return word
