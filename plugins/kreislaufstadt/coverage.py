"""How complete the content is: counts, sources, what is unknown, unchecked or overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from kreislaufstadt.checks.dates import due_date, last_checked
from kreislaufstadt.checks.sources import NEED_SOURCES
from kreislaufstadt.layout import PAGE, TRANSLATION
from kreislaufstadt.model.kinds import KINDS
from kreislaufstadt.model.parts import Figure, ReferenceValue

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from kreislaufstadt.catalog import Catalog
    from kreislaufstadt.model.entries import Entry

LEFT_OUT = {"id", "title", "body", "former_ids", "search_terms", "notes", "note", "unverified", "check"}
"""Fields whose absence says nothing about the completeness of an entry."""


@dataclass(frozen=True, slots=True)
class KindCoverage:
    """The numbers of one kind; ``unknown`` counts entries without a value by German field title."""

    kind: str
    title: str
    entries: int
    without_source: tuple[str, ...]
    unknown: dict[str, int]
    unverified: int
    never_checked: int
    overdue: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers of the whole content."""

    kinds: tuple[KindCoverage, ...]
    figures: int
    figures_with_source: int
    citations: int
    citations_without_day: int

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return sum(kind.entries for kind in self.kinds)


def derive_coverage(catalog: Catalog, today: dt.date) -> Coverage:
    """Count what is there and what is missing."""
    figures = [(entry, figure) for _, entry in catalog.all_entries() for figure in _figures(entry)]
    sourced = sum(figure.source in {citation.url for citation in entry.sources} for entry, figure in figures)
    citations = [citation for _, entry in catalog.all_entries() for citation in entry.sources]
    undated = sum(not citation.accessed.day for citation in citations)
    kinds = tuple(_of_kind(catalog, kind.name, kind.plural, today) for kind in (*KINDS.values(), PAGE, TRANSLATION))
    return Coverage(kinds, len(figures), sourced, len(citations), undated)


def _of_kind(catalog: Catalog, kind: str, title: str, today: dt.date) -> KindCoverage:
    entries = catalog.entries(kind)
    unknown: dict[str, int] = {}
    for entry in entries:
        for field in _unknown(entry):
            unknown[field] = unknown.get(field, 0) + 1
    return KindCoverage(
        kind=kind,
        title=title,
        entries=len(entries),
        without_source=tuple(entry.id for entry in entries if isinstance(entry, NEED_SOURCES) and not entry.sources),
        unknown=dict(sorted(unknown.items(), key=lambda item: (-item[1], item[0]))),
        unverified=sum(bool(entry.unverified) for entry in entries),
        never_checked=sum(last_checked(entry) is None for entry in entries),
        overdue=tuple(entry.id for entry in entries if (due := due_date(kind, entry)) and due < today),
    )


def _unknown(value: BaseModel, prefix: str = "") -> Iterator[str]:
    """The titles of the fields that readers see as „keine Angabe“."""
    for name, info in type(value).model_fields.items():
        content = getattr(value, name)
        if name in LEFT_OUT or info.is_required():
            continue
        if content is None or content == ():
            yield f"{prefix}{info.title}"
        elif isinstance(content, BaseModel):
            yield from _unknown(content, f"{prefix}{info.title}: ")


def _figures(entry: Entry) -> Iterator[Figure | ReferenceValue]:
    for name in type(entry).model_fields:
        content = getattr(entry, name)
        if isinstance(content, tuple):
            yield from (item for item in content if isinstance(item, (Figure, ReferenceValue)))


def format_coverage(coverage: Coverage) -> str:
    """The numbers as text for a terminal."""
    lines = [f"Bestand: {coverage.entries} Einträge", ""]
    lines.append(f"{'Art':<22}{'Einträge':>9}{'ohne Quelle':>13}{'ungeprüfte Angaben':>20}{'nie geprüft':>13}{'überfällig':>12}")
    for kind in coverage.kinds:
        numbers = f"{kind.entries:>9}{len(kind.without_source):>13}{kind.unverified:>20}{kind.never_checked:>13}{len(kind.overdue):>12}"
        lines.append(f"{kind.title:<22}{numbers}")
    lines += ["", f"Kennzahlen und Vergleichswerte mit Quelle: {_share(coverage.figures_with_source, coverage.figures)}"]
    lines.append(f"Quellen ohne Tag des Zugriffs: {_share(coverage.citations_without_day, coverage.citations)}")
    for kind in coverage.kinds:
        if kind.unknown:
            lines += ["", f"{kind.title}, keine Angabe:"]
            lines += [f"  {field:<44}{_share(number, kind.entries):>22}" for field, number in kind.unknown.items()]
    overdue = [f"  {kind.title}: {', '.join(kind.overdue)}" for kind in coverage.kinds if kind.overdue]
    return "\n".join([*lines, *(["", "Überfällig:", *overdue] if overdue else [])])


def _share(part: int, whole: int) -> str:
    percent = f" ({part / whole:.0%})".replace("%", " %") if whole else ""
    return f"{part} von {whole}{percent}"


