"""Pages in which everything is known to be sound, read at once.

Pages repeat the same tags thousands of times. So a page is cut at its brackets, and by a few
passes that need no step of ours per tag it is looked up what each tag says, and where each leads
to from the elements that are open. Both are learned from the walk over a page (``walk.py``), which
alone judges: what it finds a fault in is never known, and a page with anything in it that is not
known is walked over.
"""

from __future__ import annotations

import json
import re
from itertools import accumulate, chain, compress
from operator import attrgetter, getitem, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.elements import NO_TEXT, RAW_TEXT
from kreislaufstadt.guard.nesting import Nesting
from kreislaufstadt.guard.page import Page
from kreislaufstadt.guard.tokens import AMPERSAND, TOKEN, End, Tag, token_of
from kreislaufstadt.guard.walk import DATA_TYPES, Walk, own_links
from kreislaufstadt.guard.wall import REMOVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kreislaufstadt.guard.page import Loaded
    from kreislaufstadt.guard.tokens import Token

_MOST_LEARNED = 4_000_000
"""Bytes of tags that are remembered."""

_MOST_PLACES = 20_000
_MOST_PARTS = 500
_SHORTEST_PART, _LONGEST_PART = 1000, 100_000
_DEEPEST = 60
"""Elements inside of one another; the places of deeper ones would take too much memory."""

_PLAIN = bytes({*range(0x20, 0x7F), *b"\t\n"} - {*b"&>"})
_BAD = re.compile(rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])")
"""Characters that no page may hold, in UTF-8 without what is plain."""

_AMPERSAND = re.compile(AMPERSAND.encode())

_ADDRESS = rb" href=\"([a-z0-9.#][a-z0-9/.#-]*)\""
"""An address without scheme and host; for the walk one is as good as another."""


_ANYTHING, _BLANK, _TITLE, _DATA, _NOTHING = range(5)
"""What text may stand at a place: any, white space, the page's title, data, none at all."""


class _UnknownError(Exception):
    """Somebody has to walk over the page."""


class _Said(NamedTuple):
    """What tags say: links, ids, facts about the page by their names, what is loaded, how many main headings."""

    links: Iterable[str]
    ids: Sequence[str]
    facts: dict[str, str | bool]
    loaded: Sequence[Loaded]
    headings: int


class _Known(NamedTuple):
    """A tag: what is left of it for its place, and what it says, if anything."""

    bare: str
    said: _Said | None


def read_known(raw: bytes) -> Page | None:
    """What a page says; nothing if somebody has to walk over it."""
    if _tags.size > _MOST_LEARNED:
        _tags.forget()
    place, said = _place_of(Nesting(), None), list[_Said]()
    try:
        for part, repeats in _parts(raw):
            place, found = (_read_again if repeats else _read)(place, part)
            said += found
    except (_UnknownError, UnicodeDecodeError):
        return None
    whole = _joined(said)
    ids = set(whole.ids)
    if not place.may_end or len(ids) < len(whole.ids):
        return None
    return Page(ids=ids, links=set(whole.links) - own_links(ids), loaded=tuple(whole.loaded), headings=whole.headings, **whole.facts)  # type: ignore[arg-type]


def _parts(raw: bytes) -> Iterator[tuple[bytes, bool]]:
    """The page in parts; the first header and the last footer repeat on many pages."""
    done = 0
    for start, end in ((raw.find(b"<header"), b"</header>"), (raw.rfind(b"<footer"), b"</footer>")):
        stop = raw.find(end, start) + len(end)
        if done <= start and _SHORTEST_PART <= stop - start <= _LONGEST_PART:
            yield raw[done:start], False
            yield raw[start:stop], True
            done = stop
    yield raw[done:], False


def _read_again(place: _Place, raw: bytes) -> tuple[_Place, list[_Said]]:
    """Read a part that may have been read before."""
    key = (place.state, raw)
    if key not in _read_before:
        if len(_read_before) >= _MOST_PARTS:
            _read_before.clear()
        after, said = _read(place, raw)
        _read_before[key] = after, [_joined(said)]
    return _read_before[key]


def _read(place: _Place, raw: bytes) -> tuple[_Place, list[_Said]]:
    """Read a part of a page from a place on: the place after it, and what it says."""
    raw.decode()
    rest = raw.translate(None, _PLAIN)
    pieces = raw.replace(b">", b"><").split(b"<")
    texts, tags = pieces[::2], pieces[1::2]
    if _BAD.search(rest) or (b"&" in rest and _AMPERSAND.search(raw)):
        raise _UnknownError
    if len(pieces) % 2 == 0 or rest.count(b">") != len(tags):
        raise _UnknownError  # text and tags do not alternate
    known = [*map(_tags.__getitem__, tags)]
    places = [*accumulate(map(itemgetter(0), known), getitem, initial=place)]
    said = [*filter(None, map(itemgetter(1), known))]
    wanted = [*map(attrgetter("wanted"), places)]
    for want, written in zip(compress(wanted, wanted), compress(texts, wanted), strict=True):
        if written and (want != _BLANK or (written != b"\n" and written.strip())):
            said.append(_read_text(want, written))
    return places[-1], said


def _read_text(wanted: int, written: bytes) -> _Said:
    """Check the text at a place that takes no other; a title is a fact about the page."""
    text = written.decode()
    if wanted == _TITLE:
        return _Said((), (), {"title": " ".join(text.split())}, (), 0)
    try:
        if wanted == _DATA:
            json.loads(text)
            return _Said((), (), {}, (), 0)
    except (ValueError, RecursionError) as error:
        raise _UnknownError from error
    raise _UnknownError


def _joined(said: Sequence[_Said]) -> _Said:
    """All of it together, in order."""
    links, ids, facts, loaded, headings = zip(_Said((), (), {}, (), 0), *said, strict=True)
    together: dict[str, str | bool] = {}
    for some in filter(None, facts):
        together.update(some)
    return _Said(set().union(*links), [*chain.from_iterable(ids)], together, [*chain.from_iterable(loaded)], sum(headings))


class _Tags(dict[bytes, _Known]):
    """What tags say, by their text behind the first bracket; learned when it is first asked."""

    size = 0

    def __missing__(self, tag: bytes) -> _Known:
        known = self[tag] = self._like_another(tag) or _learn(f"<{tag.decode()}")
        self.size += len(tag)
        return known

    def _like_another(self, tag: bytes) -> _Known | None:
        """What a tag says that differs from others only by one value, such as the address where it leads, if it says nothing but that."""
        for begin, pattern, other, say, said in _FORMS:
            found = pattern.search(tag) if tag.startswith(begin) else None
            if found and found[1] != other:
                start, end = found.span(1)
                known = self[tag[:start] + other + tag[end:]]
                return _Known(known.bare, say(found[1].decode())) if known.said == said else None
        return None

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.size = 0


def _learn(text: str) -> _Known:
    token = _token(text)
    if not isinstance(token, Tag):
        if text.startswith(REMOVED):
            raise _UnknownError
        return _Known("!-- -->" if token is None else f"/{token.name}>" if isinstance(token, End) else text[1:], None)
    page = Page("", _UNSAID, _UNSAID, _UNSAID, _UNSAID, _UNSAID)
    Walk("", _DRAWING, page).see_tag(token)
    if page.findings:
        raise _UnknownError
    facts: dict[str, str | bool] = {name: value for name in _FACTS if (value := getattr(page, name)) != _UNSAID}
    if not page.indexed:
        facts["indexed"] = False
    said = _Said(tuple(page.links), tuple(page.ids), facts, page.loaded, page.headings)
    return _Known(_bare(token), said if any(said) else None)


def _bare(tag: Tag) -> str:
    """A tag without what does not matter to the place where it stands."""
    written = [f" {name}" for name in tag.attributes if name != name.lower()][:1]
    if tag.name == "script" and tag.attributes.get("type") in DATA_TYPES:
        written.append(f' type="{DATA_TYPES[0]}"')
    return f"{tag.name}{''.join(written)}{'/' * tag.closed}>"


def _token(text: str) -> Token | None:
    """What a piece of markup is, if all of it is one and nothing is wrong with it."""
    found = TOKEN.fullmatch(text)
    token, fault = token_of(found) if found else (None, True)
    if fault:
        raise _UnknownError
    return token


class _Place(dict[str, "_Place"]):
    """A place in a page, by the open elements; leads on to the next place by what is left of a tag. Learned when it is first asked."""

    __slots__ = ("_nesting", "may_end", "state", "wanted")

    def __init__(self, nesting: Nesting, wanted: int) -> None:
        super().__init__()
        self._nesting, self.wanted, self.state = nesting, wanted, (*nesting.state, wanted)
        self.may_end = not any(nesting.end(0))

    def __missing__(self, bare: str) -> _Place:
        token, top = _token(f"<{bare}"), self._nesting.top
        if top in RAW_TEXT and token != End(top, 0):
            raise _UnknownError
        place = self
        if token is not None:
            walk = Walk("", self._nesting.copy())
            walk.see(token)
            if walk.page.findings or len(walk.nesting.stack) > _DEEPEST:
                raise _UnknownError
            place = _place_of(walk.nesting, token)
        self[bare] = place
        return place


def _place_of(nesting: Nesting, token: Token | None) -> _Place:
    """The place below these open elements, of which the token opened the last."""
    wanted = _wanted(nesting, token)
    key = (*nesting.state, wanted)
    if key not in _places:
        if len(_places) >= _MOST_PLACES:
            _places.clear()
            _read_before.clear()
        _places[key] = _Place(nesting, wanted)
    return _places[key]


def _wanted(nesting: Nesting, token: Token | None) -> int:
    if nesting.top == "title" and "svg" not in nesting.stack:
        return _TITLE
    if nesting.top in {"script", "style"}:
        return _DATA if isinstance(token, Tag) and token.attributes else _NOTHING
    return _BLANK if not nesting.stack or nesting.top in NO_TEXT else _ANYTHING


def _said_of_link(url: str) -> _Said:
    return _Said((url,), (), {}, (), 0)


_FORMS: Sequence[tuple[bytes | tuple[bytes, ...], re.Pattern[bytes], bytes, Callable[[str], _Said | None], _Said | None]] = tuple(
    (begin, re.compile(pattern), other.encode(), say, say(other))
    for begin, pattern, other, say in (
        ((b"a ", b'link rel="alternate"'), _ADDRESS, "x", _said_of_link),
        (b'link rel="canonical"', rb" href=\"(https://[a-z0-9.-]+/[a-z0-9/.-]*)\"", "https://x/", lambda url: _Said((), (), {"canonical": url}, (), 0)),
        (b'meta name="description"', rb" content=\"([^\"&]+)\"", "x", lambda text: _Said((), (), {"description": text}, (), 0)),
        ((b"div ", b"li "), rb" data-[a-z]+=\"([a-z0-9:-]+)\"", "x", lambda _: None),
        (b"option ", rb" value=\"([A-Za-z0-9 -]+)\"", "x", lambda _: None),
    )
)
"""Tags of which pages have one of their own: how they begin, the value in which they differ, one that stands for all, what they say, and what that one says."""

_FACTS = ("description", "language", "canonical", "policy", "refresh")
_UNSAID = "\0"
_DRAWING = Nesting()
_DRAWING.stack.append("svg")
_tags = _Tags()
_places: dict[tuple[object, ...], _Place] = {}
_read_before: dict[tuple[tuple[object, ...], bytes], tuple[_Place, list[_Said]]] = {}
