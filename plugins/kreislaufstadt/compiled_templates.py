"""Compiled templates, kept between builds and within a process that builds again and again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache

from kreislaufstadt.cache import code_digest, digest

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

    from kreislaufstadt.cache import Cache

_compiled: dict[tuple[str, str], Any] = {}
"""What this process has compiled or read: a preview builds again and again."""


class CompiledTemplates(BytecodeCache):
    """Finds compiled templates by name and source; code of other versions of ours or of Jinja is not found, nor that of other interpreters."""

    def __init__(self, cache: Cache) -> None:
        """Keep them in the cache as well; a forked worker leaves the cache to its parent."""
        self._cache = cache
        self._owner = os.getpid()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out the compiled template of the same source."""
        bucket.code = _compiled.get((bucket.key, bucket.checksum))
        stored = None if bucket.code or os.getpid() != self._owner else self._cache.get(_key(bucket))
        if stored is not None:
            bucket.bytecode_from_string(stored)
            _compiled[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        _compiled[bucket.key, bucket.checksum] = bucket.code
        if os.getpid() == self._owner:
            self._cache.put(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> bytes:
    return digest("template", code_digest(), bucket.key, bucket.checksum)
