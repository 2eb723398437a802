"""Whether there is anything to build: the inputs of the last build, and the folder it left."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.cache import Cache, code_digest, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from kreislaufstadt.site import Settings


class Finished(NamedTuple):
    """What a build left: the state of its folder, what it said, and the files beside the folder."""

    state: str
    message: str
    beside: Mapping[str, str]


def inputs_digest(config: MkDocsConfig, settings: Settings, read: dict[str, bytes] | None = None) -> bytes:
    """Name everything a build depends on: code, configuration, day, content, templates and assets; what content files hold is put into ``read``."""
    written = Path(config.config_file_path or "mkdocs.yml")
    plain = {name: value for name, value in vars(settings).items() if name not in {"content", "templates", "cache"}}
    parts: list[bytes | str] = [code_digest(), repr(plain), repr(config.strict), written.read_bytes() if written.is_file() else b""]
    for folder, held in ((settings.content, read), *((folder, None) for folder in settings.templates[:1])):
        parts += _files_of(folder, held) if folder.is_dir() else ()
    return digest("built", *parts)


def find_finished(cache: Cache, inputs: bytes) -> Finished | None:
    """What the build of these inputs left, if there was one that held."""
    stored = cache.get(inputs)
    return Finished(*json.loads(stored)) if stored is not None else None


def keep_finished(cache: Cache, inputs: bytes, finished: Finished) -> None:
    """Remember a build that held."""
    cache.put(inputs, json.dumps(finished).encode())


def _files_of(folder: Path, held: dict[str, bytes] | None, below: str = "") -> Iterator[bytes | str]:
    """Every file with its content, every link with what it points to; contents are put into ``held``."""
    with os.scandir(os.path.join(folder, below)) as found:
        rows = sorted(found, key=lambda row: row.name)
    for row in rows:
        name = f"{below}{row.name}"
        if row.is_dir(follow_symlinks=False):
            yield from _files_of(folder, held, f"{name}/")
            continue
        yield name
        if row.is_symlink():
            yield os.readlink(row.path)
        if row.is_file():
            with open(row.path, "rb", buffering=0) as stream:
                content = stream.readall()
            if held is not None:
                held[row.path] = content
            yield content
