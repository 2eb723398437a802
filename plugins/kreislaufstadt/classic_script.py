"""Join ES modules into one classic script.

Browsers load neither modules nor module workers from ``file://``; one classic
script serves the search, its worker and the offline copy of the site. Each module
keeps a scope of its own. What is understood is what CONTRIBUTING.md asks of modules:
``import`` and ``export`` at the beginning of a line, ``import("./name.js")`` with a
plain text, ``import.meta.url``. Anything else is refused. A module that is only
imported on demand runs when it is first asked for. Lines that hold only a comment
are left out.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = r"[\"'](\.{1,2}/[\w./-]+)[\"']"
_IMPORT = re.compile(rf"(?m)^import (?:([^;\"']+?) from )?{_ADDRESS};?[ \t]*\n")
_ON_DEMAND = re.compile(rf"\bimport\(\s*{_ADDRESS}\s*\)")
_PASSED_ON = re.compile(rf"(?m)^export (\*|\{{[^}}]*\}}) from {_ADDRESS};?[ \t]*\n")
_LIST = re.compile(r"(?m)^export \{([^}]*)\};?[ \t]*\n")
_DEFAULT = re.compile(r"(?m)^export default ")
_NAMED_DEFAULT = re.compile(r"(?m)^export default (?=(?:async )?(?:function\*?|class) (\w+))")
_DECLARED = re.compile(r"(?m)^export (?=(?:async )?(?:function\*?|const|let|var|class) (\w+))")
_UNKNOWN = re.compile(r"(?m)^(?:import|export)\b(?!\()|\bimport\s*\((?!\))|\bimport\.meta\b")
_BLOCK_COMMENT = re.compile(r"(?ms)^[ \t]*/\*.*?\*/[ \t]*\n")
_COMMENT = re.compile(r"(?m)^[ \t]*//.*\n")
_LINE = re.compile(r"(?m)^[ \t]*\n|^[ \t]+(?=\S)")
_LATER = "const later = (run) => { let made; return () => (made ??= run()); };\n"


def bundle(entry: Path, *, head: str = "") -> str:
    """Join ``entry`` and everything it imports, each once, in the order of need; ``head`` stands before them."""
    return _Joining(entry.resolve(), head).write()


@dataclass
class _Module:
    """A module's text, and what it needs: at once by name, and on demand."""

    text: str
    at_once: list[Path] = field(default_factory=list)
    on_demand: list[Path] = field(default_factory=list)


class _Joining:
    """One script in the making."""

    def __init__(self, entry: Path, head: str) -> None:
        self._entry = entry
        self._head = head
        self._modules: dict[Path, _Module] = {}
        self._order: list[Path] = []

    def write(self) -> str:
        """Read all modules, then write those that run at once as values and the others as calls."""
        self._gather(self._entry, ())
        at_once = self._needed_at_once()
        parts = [self._module(path, at_once) for path in self._order]
        text = "".join(parts)
        head = self._head + (_LATER if len(at_once) < len(self._order) else "")
        if "import_meta_base" in text:
            head += "const import_meta_base = document.currentScript.src;\n"
        return f'"use strict";(()=>{{\n{head}{text}}})();\n'

    def _gather(self, path: Path, above: tuple[Path, ...]) -> None:
        if path in above:
            message = f"{path.name}: modules that import each other cannot be joined"
            raise ValueError(message)
        if path in self._modules:
            return
        text = path.read_text(encoding="utf-8")
        if not text.endswith("\n"):
            text += "\n"
        module = self._modules[path] = _Module(_COMMENT.sub("", _BLOCK_COMMENT.sub("", text)))
        for pattern, group in ((_IMPORT, 2), (_PASSED_ON, 2)):
            module.at_once += [(path.parent / found[group]).resolve() for found in pattern.finditer(module.text)]
        module.on_demand += [(path.parent / found[1]).resolve() for found in _ON_DEMAND.finditer(module.text)]
        for needed in module.at_once:
            self._gather(needed, (*above, path))
        self._order.append(path)
        for needed in module.on_demand:
            self._gather(needed, ())

    def _needed_at_once(self) -> set[Path]:
        found: set[Path] = set()
        waiting = [self._entry]
        while waiting:
            path = waiting.pop()
            if path not in found:
                found.add(path)
                waiting += self._modules[path].at_once
        return found

    def _module(self, path: Path, at_once: set[Path]) -> str:
        text = self._modules[path].text
        given: list[str] = []

        def value(address: str) -> str:
            needed = (path.parent / address).resolve()
            return self._scope(needed) if needed in at_once else f"{self._scope(needed)}()"

        head = "".join(line for found in _IMPORT.finditer(text) for line in _import_lines(found[1], value(found[2])))
        text = _IMPORT.sub("", text)
        text = _PASSED_ON.sub(lambda found: _pass_on(found[1], value(found[2]), given), text)
        text = _LIST.sub(lambda found: _list_exports(found[1], given), text)
        given += _DECLARED.findall(text)
        text = _DECLARED.sub("", text)
        given += [f"default: {name}" for name in _NAMED_DEFAULT.findall(text)]
        text = _NAMED_DEFAULT.sub("", text)
        if _DEFAULT.search(text):
            given.append("default: standard")
            text = _DEFAULT.sub("const standard = ", text)
        text = _ON_DEMAND.sub(lambda found: f"Promise.resolve().then(() => {value(found[1])})", text)
        text = text.replace("import.meta.url", f'new URL("{self._way(path)}", import_meta_base).href')
        if _UNKNOWN.search(text):
            message = f"{path.name}: an import or export is written in a way that cannot be joined (see CONTRIBUTING.md)"
            raise ValueError(message)
        body = head + (text if _has_long_texts(text) else _LINE.sub("", text)) + f"return {{ {', '.join(given)} }};\n"
        run = f"(() => {{\n{body}}})"
        return f"const {self._scope(path)} = {run}();\n" if path in at_once else f"const {self._scope(path)} = later({run});\n"

    def _way(self, path: Path) -> str:
        return os.path.relpath(path, self._entry.parent).replace(os.sep, "/")

    def _scope(self, path: Path) -> str:
        return "module_" + re.sub(r"\W", "_", self._way(path).removesuffix(".js"))


def _has_long_texts(text: str) -> bool:
    """Say whether a text in backticks may reach over lines, so that indents belong to it."""
    return any(line.count("`") % 2 for line in text.splitlines())


def _import_lines(names: str, value: str) -> list[str]:
    """Write an import as declarations: ``all``, ``{ a, b as c }``, ``* as all``, ``all, { a }`` or nothing."""
    if not names:
        return [f"{value};\n"]
    lines = []
    single, _, rest = names.partition(",") if not names.lstrip().startswith("{") else ("", "", names)
    for part in filter(None, (single.strip(), rest.strip())):
        if part.startswith("{"):
            lines.append(f"const {_renamed(part)} = {value};\n")
        elif part.startswith("*"):
            lines.append(f"const {part.rpartition(' ')[2]} = {value};\n")
        else:
            lines.append(f"const {{ default: {part} }} = {value};\n")
    return lines


def _renamed(names: str) -> str:
    """``{ a, b as c }`` as a pattern of an assignment."""
    return re.sub(r"\s+as\s+", ": ", " ".join(names.split()))


def _list_exports(names: str, given: list[str]) -> str:
    for name in filter(None, (part.strip() for part in names.split(","))):
        own, _, outside = (part.strip() for part in name.partition(" as "))
        given.append(f"{outside}: {own}" if outside else own)
    return ""


def _pass_on(names: str, value: str, given: list[str]) -> str:
    if names == "*":
        given.append(f"...{value}")
        return ""
    for name in filter(None, (part.strip() for part in names.strip("{} \n").split(","))):
        own, _, outside = (part.strip() for part in name.partition(" as "))
        given.append(f"{outside or own}: {value}.{own}")
    return ""
