"""What unchanged content files gave in earlier builds: entries, sources, and what was found out about them.

Validated entries are kept as pickles, in a few hundred bundles, so that a change rewrites
one bundle only. The unpickler knows our models and nothing else: a damaged or forged
bundle is refused and its files are read anew.
"""

from __future__ import annotations

import copyreg
import gc
import io
import os
import pickle
import time
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from kreislaufstadt.cache import Cache, code_digest, digest
from kreislaufstadt.load import read_alone
from kreislaufstadt.loaded import Loaded, nothing_loaded
from kreislaufstadt.model.values import PartialDate, Quantity
from kreislaufstadt.parallel import cores_for, start_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from kreislaufstadt.content_files import ContentFile

_BUNDLES = 256
_LATER = 500
"""So many files this process has read when the other one can begin: until then the other core compiles templates."""

_OURS = ("kreislaufstadt.model.", "kreislaufstadt.source", "kreislaufstadt.references", "kreislaufstadt.problems", "kreislaufstadt.load")
_OTHERS = frozenset({("datetime", "date"), ("collections", "defaultdict"), ("builtins", "dict"), ("builtins", "set"), ("builtins", "frozenset")})

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is changed has another time in every file system."""

Bundle = dict[str, tuple[bytes, Loaded]]
"""By file: the digest of its bytes, and what it gave."""


class ContentParts:
    """Finds what a file gave before and remembers what files give now; files with problems are always read anew."""

    def __init__(self, cache: Cache, root: Path, find_out: Callable[[Loaded], None] = lambda _: None) -> None:
        """Read bundles as they are asked for; ``find_out`` has the memory of what was loaded filled."""
        self._cache = cache
        self._root = root
        self._find_out = find_out
        self._wait: Callable[[], Mapping[bytes, bytes]] = dict
        self._shared = 0
        """The bundles below this number are made by another process."""

        self._base = digest("content parts", code_digest(), str(root.resolve()))
        self._bundles: dict[int, Bundle] = {}
        self._weights: dict[int, int] = {}
        self._seen: set[str] = set()
        self._facts: dict[str, tuple[int, int, int]] | None = None

    @classmethod
    def held(cls, cache: Cache, root: Path, find_out: Callable[[Loaded], None] = lambda _: None) -> ContentParts:
        """The parts that this process holds since its last build: a preview reads them once."""
        parts = cls(cache, root, find_out)
        return _held.setdefault(parts._base, parts).renew(cache)

    def renew(self, cache: Cache) -> ContentParts:
        """Begin another build with what is held."""
        self._cache, self._seen = cache, set()
        self._facts = self._facts or {}
        return self

    def recall(self, file: str, path: str) -> Loaded | None:
        """Only in a process that builds again and again: what the file gave when it had this size and time."""
        if self._facts is None:
            return None
        before, now = self._facts.pop(file, None), time.time_ns()
        try:
            found = os.stat(path)  # noqa: PTH116 - thousands of files: no object for each path
        except OSError:
            return None
        facts = (found.st_mtime_ns, found.st_size, found.st_ino)
        kept = self._bundle(_number(file)).get(file)
        if kept and before == facts:
            self._seen.add(file)
            self._facts[file] = facts
            return kept[1]
        if now - found.st_mtime_ns > _SETTLED:  # else it might be changed again, now that it is read, and keep its time
            self._facts[file] = facts
        return None

    def find(self, file: str, raw: bytes) -> Loaded | None:
        """What the file gave when it had these bytes."""
        self._seen.add(file)
        kept = self._bundle(_number(file)).get(file)
        return kept[1] if kept and kept[0] == digest(raw) else None

    def keep(self, file: str, raw: bytes, part: Loaded) -> None:
        """Remember what a file gave."""
        number = _number(file)
        self._bundle(number).pop(file, None)
        self._weights[number] = -1
        if not part.problems and not part.broken and not part.networks:
            self._bundle(number)[file] = (digest(raw), part)

    def share(self, files: Sequence[ContentFile]) -> Collection[str]:
        """In a first build another process reads some of the files, and finds out what their entries say by themselves."""
        if self._facts is not None or not self._cache.is_empty() or cores_for(files) < 2:
            return ()
        self._shared = max(0, _BUNDLES * (len(files) - _LATER) // (2 * len(files)))
        shared = [file for file in files if _number(file.shown) < self._shared]
        self._wait = start_aside(partial(_read_elsewhere, shared, self._root, self._find_out), files)
        return {file.shown for file in shared}

    def find_out(self, parts: Iterable[Loaded]) -> None:
        """Have the memory of what was loaded filled, as far as it tells of entries by themselves."""
        loaded = nothing_loaded()
        for part in parts:
            loaded.take(part)
        self._find_out(loaded)

    def save(self) -> None:
        """Write the bundles in which something is new, without files that are gone."""
        for number, bundle in self._bundles.items():
            for file in bundle.keys() - self._seen:
                del bundle[file]
                self._weights[number] = -1
            if _weight(bundle) != self._weights.get(number, 0):
                self._cache.put(self._key(number), _write(bundle))
                self._weights[number] = _weight(bundle)

    def _key(self, number: int) -> bytes:
        return digest(self._base, str(number))

    def _bundle(self, number: int) -> Bundle:
        if number not in self._bundles:
            if number < self._shared:
                self._take_shared()
            stored = self._cache.get(self._key(number))
            bundle = self._bundles[number] = _read(stored) if stored is not None else {}
            self._weights[number] = _weight(bundle)
        return self._bundles[number]


    def _take_shared(self) -> None:
        """Wait for what another process reads."""
        for key, row in self._wait().items():
            self._cache.put(key, row)
        self._wait = dict


def _read_elsewhere(files: Sequence[ContentFile], root: Path, find_out: Callable[[Loaded], None]) -> dict[bytes, bytes]:
    """Read files that stand alone: the bundles as they are kept, by their keys."""
    parts = ContentParts(Cache(None), root, find_out)
    parts.find_out([part for file in files if (part := read_alone(file, parts)) is not None])
    return {parts._key(number): _write(bundle) for number, bundle in parts._bundles.items()}  # noqa: SLF001 - of this module


_held: dict[bytes, ContentParts] = {}


def _number(file: str) -> int:
    return zlib.crc32(file.encode()) % _BUNDLES


def _weight(bundle: Bundle) -> int:
    """How much a bundle holds: what was found out about entries later counts as well."""
    return sum(1 + sum(map(len, part.memory.values())) for _, part in bundle.values())


class _Pickler(pickle.Pickler):
    """Writes dates and quantities as calls of their classes, which are read much faster than their fields."""

    dispatch_table = copyreg.dispatch_table | {
        PartialDate: lambda value: (PartialDate, (value.year, value.month, value.day)),
        Quantity: lambda value: (Quantity, (value.text, value.numbers, value.exact)),
    }


def _write(bundle: Bundle) -> bytes:
    written = io.BytesIO()
    _Pickler(written, pickle.HIGHEST_PROTOCOL).dump(bundle)
    return written.getvalue()


class _Unpickler(pickle.Unpickler):
    """Makes our models and dates, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse whatever a bundle cannot hold."""
        if module.startswith(_OURS) or (module, name) in _OTHERS:
            return super().find_class(module, name)
        message = f"{module}.{name} does not belong here"
        raise pickle.UnpicklingError(message)


def _read(stored: bytes) -> Bundle:
    running = gc.isenabled()
    gc.disable()  # many small objects at once, none of them garbage: counting them takes longer than making them
    try:
        found: Bundle = _Unpickler(io.BytesIO(stored)).load()  # of a class of ours that refuses foreign names
    except Exception:  # noqa: BLE001 - whatever it is, the files are read anew
        return {}
    finally:
        if running:
            gc.enable()
    return found
