"""Whether there is anything to build: the inputs of the last build, and the folder it left."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import Cache, code_digest, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.site import Settings


class Finished(NamedTuple):
    """What a build left: the state of its folder, what it said, and the files beside the folder."""

    state: str
    message: str
    beside: Mapping[str, str]


def inputs_digest(config: MkDocsConfig, settings: Settings) -> bytes:
    """Name everything a build depends on: code, configuration, day, content, templates and assets."""
    written = Path(config.config_file_path or "mkdocs.yml")
    plain = {name: value for name, value in vars(settings).items() if name not in {"content", "templates", "cache"}}
    parts: list[bytes | str] = [code_digest(), repr(plain), repr(config.strict), written.read_bytes() if written.is_file() else b""]
    for folder in (settings.content, *settings.templates[:1]):
        parts += _files_of(folder)
    return digest("built", *parts)


def find_finished(cache: Cache, inputs: bytes) -> Finished | None:
    """What the build of these inputs left, if there was one that held."""
    stored = cache.get(inputs)
    return Finished(*json.loads(stored)) if stored is not None else None


def keep_finished(cache: Cache, inputs: bytes, finished: Finished) -> None:
    """Remember a build that held."""
    cache.put(inputs, json.dumps(finished).encode())


def _files_of(folder: Path) -> Iterable[bytes | str]:
    for parent, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = os.path.join(parent, name)
            yield os.path.relpath(path, folder)
            if os.path.islink(path):
                yield os.readlink(path)
            if os.path.isfile(path):
                with open(path, "rb") as stream:
                    yield stream.read()
