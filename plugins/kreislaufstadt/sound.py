"""The sound part of faulty content, for a preview that goes on while somebody is writing.

Entries with errors are left out, so are entries that cannot do without one of
them; other references to what is missing are dropped from the entries that stay.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from kreislaufstadt.problems import Problem, Severity
from kreislaufstadt.references import reference_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kreislaufstadt.loaded import Loaded

M = TypeVar("M", bound=BaseModel)


class _Missing(Exception):  # noqa: N818 - says what is the case, nothing is raised to a caller
    """A reference that an entry cannot do without leads nowhere."""


def keep_sound(loaded: Loaded, problems: Iterable[Problem]) -> Loaded:
    """Leave out what has errors; without errors the content is returned as it is."""
    bad = {problem.place.file for problem in problems if problem.severity is Severity.ERROR}
    if not bad:
        return loaded
    entries = {
        kind: {name: entry for name, entry in found.items() if loaded.sources[kind, name].file not in bad}
        for kind, found in loaded.entries.items()
    }
    sound = dataclasses.replace(loaded, entries=entries, items={kind: dict(found) for kind, found in loaded.items.items()}, pruned=set())
    while _prune(sound):
        pass
    return sound


def _prune(sound: Loaded) -> bool:
    """Take references to missing entries out once; say whether anything else may now be missing."""

    def exists(kind: str, name: str) -> bool:
        return name in sound.entries.get(kind, ()) or name in sound.items.get(kind, ())

    dropped = False
    for tables in (sound.entries, sound.items):
        for kind, found in tables.items():
            for name, owner in list(found.items()):
                try:
                    cleaned: Any = without_missing(owner, exists)
                except _Missing:
                    del found[name]
                    dropped = True
                    continue
                if cleaned is not owner:
                    found[name] = cleaned
                    sound.pruned.add((kind, name))
    return dropped


def without_missing(owner: M, exists: Callable[[str, str], bool]) -> M:
    """The model without references that lead nowhere; the same object if there are none."""
    changes: dict[str, Any] = {}
    for step in reference_steps(type(owner)):
        content = getattr(owner, step.name)
        if content is None:
            continue
        if step.nested and step.many:
            kept: Any = tuple(without_missing(item, exists) for item in content if not _lacks(item, exists))
        elif step.nested:
            kept = without_missing(content, exists)
        elif step.many:
            kept = tuple(name for name in content if any(exists(kind, name) for kind in step.kinds))
        else:
            kept = content if any(exists(kind, content) for kind in step.kinds) else None
            if kept is None and type(owner).model_fields[step.name].get_default() is not None:
                raise _Missing  # required, or a field that is never empty
        if kept is not content and kept != content:
            changes[step.name] = kept
    return owner.model_copy(update=changes) if changes else owner


def _lacks(item: BaseModel, exists: Callable[[str, str], bool]) -> bool:
    try:
        without_missing(item, exists)
    except _Missing:
        return True
    return False
