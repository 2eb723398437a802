"""Whether elements are closed in order and stand where they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kreislaufstadt.guard.elements import CHILDREN, CLOSES_PARAGRAPH, HEADINGS, HTML, NO_TEXT, NOT_INSIDE_ITSELF, PARENTS, SVG, VOID
from kreislaufstadt.guard.tokens import Doctype, End, Fault, Tag, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kreislaufstadt.guard.tokens import Token


_ONCE = frozenset({"html", "head", "body", "main", "title"})
_LOOKS_UP = CLOSES_PARAGRAPH | NOT_INSIDE_ITSELF
class _Places(dict[tuple[str, str], bool]):
    """Whether a parent and a child go together, whatever stands above them; worked out when it is first asked."""

    def __missing__(self, pair: tuple[str, str]) -> bool:
        top, name = pair
        known = top in HTML - VOID - {"svg"} and name in HTML - _ONCE
        allowed = (name not in PARENTS or top in PARENTS[name] or top == "template") and (top not in CHILDREN or name in CHILDREN[top])
        found = self[pair] = known and allowed and not (top in HEADINGS and name in HEADINGS)
        return found


_places = _Places()


class Nesting:
    """The open elements; fed with tokens, it answers with faults."""

    def __init__(self) -> None:
        """Begin before the document type."""
        self.stack: list[str] = []
        self._drawing = 0
        self._started = False
        self._seen: set[str] = set()

    def copy(self) -> Nesting:
        """The same open elements, to go on from here in another way."""
        nesting = Nesting()
        nesting.stack, nesting._drawing = [*self.stack], self._drawing
        nesting._started, nesting._seen = self._started, {*self._seen}
        return nesting

    @property
    def state(self) -> tuple[bool, tuple[str, ...], frozenset[str]]:
        """All that what may follow depends on."""
        return self._started, tuple(self.stack), frozenset(self._seen)

    @property
    def top(self) -> str:
        """The innermost open element."""
        return self.stack[-1] if self.stack else ""

    def feed(self, token: Token) -> Iterable[Fault]:
        """Take the next token."""
        if self._started:
            if isinstance(token, End):
                return self._close(token)
            if isinstance(token, Tag):
                return self._open(token)
            if isinstance(token, Text):
                return self._text(token)
        return self._begin(token)

    def _begin(self, token: Token) -> Iterator[Fault]:
        if self._started:
            if isinstance(token, Doctype):
                yield Fault(token.at, "<!doctype html> steht nicht am Anfang.")
            return
        self._started = True
        if not isinstance(token, Doctype):
            yield Fault(0, "Die Seite beginnt nicht mit <!doctype html>.")
            yield from self.feed(token)

    def end(self, index: int) -> Iterator[Fault]:
        """All elements are closed, and the frame of a page was there."""
        if self.stack:
            yield Fault(index, f"<{self.stack[-1]}> ist nicht geschlossen.")
        for name in ("html", "head", "body", "title"):
            if name not in self._seen:
                yield Fault(index, f"<{name}> fehlt.")

    def _open(self, tag: Tag) -> Iterable[Fault]:
        if self._drawing:
            return self._open_in_drawing(tag)
        name, stack = tag.name, self.stack
        faults: Iterable[Fault] = ()
        if not _places[stack[-1] if stack else "", name] or (name in _LOOKS_UP and self._looks_wrong(name)) or tag.closed:
            faults = list(self._check(tag))
        if name in VOID or (tag.closed and name == "svg"):
            return faults
        stack.append(name)
        self._drawing = int(name == "svg")
        return faults

    def _looks_wrong(self, name: str) -> bool:
        stack = self.stack
        return "p" in stack if name in CLOSES_PARAGRAPH else name in stack

    def _check(self, tag: Tag) -> Iterator[Fault]:
        yield from self._check_place(tag)
        yield from self._check_ancestors(tag)
        yield from self._check_twice(tag)
        if tag.closed and tag.name not in VOID and tag.name != "svg":
            yield Fault(tag.at, f"<{tag.name}/> schließt das Element nicht; es braucht </{tag.name}>.")

    def _check_place(self, tag: Tag) -> Iterator[Fault]:
        name, top = tag.name, self.top
        if name not in HTML:
            yield Fault(tag.at, f"Das Element <{name}> ist hier nicht erlaubt.")
        elif name in PARENTS and top not in PARENTS[name] and top != "template":
            yield Fault(tag.at, f"<{name}> darf nicht in <{top or 'nichts'}> stehen.")
        elif top in CHILDREN and name not in CHILDREN[top]:
            yield Fault(tag.at, f"In <{top}> darf kein <{name}> stehen.")
        elif not top and name != "html":
            yield Fault(tag.at, f"<{name}> steht außerhalb der Seite.")

    def _check_twice(self, tag: Tag) -> Iterator[Fault]:
        name = tag.name
        if name in _ONCE:
            if name in self._seen:
                yield Fault(tag.at, f"<{name}> steht zweimal.")
            self._seen.add(name)

    def _check_ancestors(self, tag: Tag) -> Iterator[Fault]:
        name, stack = tag.name, self.stack
        if name in CLOSES_PARAGRAPH and "p" in stack:
            yield Fault(tag.at, f"<{name}> darf nicht in <p> stehen.")
        if name in NOT_INSIDE_ITSELF and name in stack:
            yield Fault(tag.at, f"<{name}> darf nicht in <{name}> stehen.")
        if name in HEADINGS and self.top in HEADINGS:
            yield Fault(tag.at, f"<{name}> darf nicht in <{self.top}> stehen.")

    def _open_in_drawing(self, tag: Tag) -> Iterator[Fault]:
        if tag.name not in SVG:
            yield Fault(tag.at, f"Das Element <{tag.name}> ist in einer Zeichnung nicht erlaubt.")
        if not tag.closed:
            self.stack.append(tag.name)
            self._drawing += 1

    def _close(self, end: End) -> Iterable[Fault]:
        if self.stack and end.name == self.stack[-1]:
            self.stack.pop()
            if self._drawing:
                self._drawing -= 1
            return ()
        return self._close_wrongly(end)

    def _close_wrongly(self, end: End) -> Iterator[Fault]:
        yield Fault(end.at, f"</{end.name}> passt nicht: offen ist <{self.top or 'nichts'}>.")
        if end.name in self.stack:
            while self.stack and self.stack.pop() != end.name:
                pass
            self._drawing = len(self.stack) - self.stack.index("svg") if "svg" in self.stack else 0

    def _text(self, token: Text) -> Iterable[Fault]:
        if token.raw or (self.stack and self.stack[-1] not in NO_TEXT):
            return ()
        return (Fault(token.at, f"In <{self.top or 'nichts'}> steht Text: „{token.text.strip()[:40]}“."),)
