"""Where entries point: typed references in fields and links in Markdown text."""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kreislaufstadt.model.values import Ref
from kreislaufstadt.validate import submodel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

Path = tuple[str | int, ...]


class Reference(NamedTuple):
    """A typed reference: the YAML path it stands at, the id, the kinds it may point to."""

    path: Path
    target: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceStep:
    """How to reach references through one field of a model."""

    name: str
    alias: str
    kinds: tuple[str, ...]
    many: bool
    nested: bool


def iter_references(value: BaseModel, at: Path = ()) -> Iterator[Reference]:
    """Yield every reference below ``value`` in field order."""
    for step in reference_steps(type(value)):
        content = getattr(value, step.name)
        if content is None:
            continue
        items = enumerate(content) if step.many else ((None, content),)
        for number, item in items:
            path = (*at, step.alias) if number is None else (*at, step.alias, number)
            if step.nested:
                yield from iter_references(item, path)
            else:
                yield Reference(path, item, step.kinds)


@cache
def reference_steps(model: type[BaseModel]) -> tuple[ReferenceStep, ...]:
    """The fields of a model that are references or lead to some."""
    steps = []
    for name, info in model.model_fields.items():
        kinds = _ref_kinds(info.metadata) or _ref_kinds(_inner_metadata(info.annotation))
        nested = submodel(info.annotation) is not None
        if kinds or (nested and _steps_of(submodel(info.annotation))):
            steps.append(ReferenceStep(name, info.alias or name, kinds, _is_many(info.annotation), nested and not kinds))
    return tuple(steps)


def _steps_of(model: type[BaseModel] | None) -> tuple[ReferenceStep, ...]:
    return reference_steps(model) if model else ()


def _ref_kinds(metadata: Any) -> tuple[str, ...]:
    return next((mark.kinds for mark in metadata if isinstance(mark, Ref)), ())


def _inner_metadata(annotation: Any) -> list[Any]:
    found: list[Any] = list(getattr(annotation, "__metadata__", ()))
    for part in typing.get_args(annotation):
        found += _inner_metadata(part)
    return found


def _is_many(annotation: Any) -> bool:
    return typing.get_origin(annotation) is tuple


_CODE = re.compile(r"(?ms)^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]*`")
WIKI_LINK = re.compile(r"\[\[(?P<target>[^\[\]|\n]{1,120})(?:\|(?P<label>[^\[\]\n]{1,200}))?\]\]")
SOURCE_MARK = re.compile(r"\[Q:(?P<keys>[a-z0-9, -]{1,200})\]")
MARKDOWN_LINK = re.compile(
    r"(?P<image>!?)\[(?P<label>(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,100}\]){0,300})\]"
    r"\((?P<url><[^<>\n]{1,2000}>|(?:[^()\s]|\([^()\s]{0,200}\)){1,2000})(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)",
)

ORIGINS = {"Studie": "studie", "Teilnehmende": "teilnehmende", "Umfeld": "umfeld", "Redaktion": "redaktion"}
"""Origin labels that open a paragraph, and the class they get."""

LINK_TARGET = re.compile(r"(?m)^ {0,3}\[(?P<label>[^\[\]\n]{1,300})\]:[ \t]*\n?[ \t]*<?(?P<url>[^\s<>]{1,2000})")
"""``[label]: address`` below a text, which ``[words][label]`` and ``![words][label]`` point to; footnotes look alike."""


def mask_code(text: str) -> str:
    """Blank out code, so that what looks like a link in an example is none; length stays."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(lambda found: "\n".join([" " * len(line) for line in found[0].split("\n")]), text)


class TextLink(NamedTuple):
    """A ``[[target|label]]`` in Markdown; ``kind`` is empty if the target names none."""

    index: int  # type: ignore[assignment]  # a tuple's own method of that name is not used
    kind: str
    target: str
    label: str


def find_wiki_links(text: str) -> Iterator[TextLink]:
    """Yield the entry links of a Markdown text (code excepted) in order."""
    for found in WIKI_LINK.finditer(mask_code(text)):
        kind, _, target = found["target"].strip().rpartition(":")
        yield TextLink(found.start(), kind.strip(), target.strip(), (found["label"] or "").strip())
