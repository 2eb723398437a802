"""Repairs that change how a content file is written, never what it says.

Every repair is a small edit of the text: comments, line breaks and quoting stay.
After each the file is read again; a repair after which the file would say
something else is not made.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kreislaufstadt.content_files import walk_files
from kreislaufstadt.layout import classify
from kreislaufstadt.model.kinds import Kind
from kreislaufstadt.references import mask_code
from kreislaufstadt.scaffold import key_order
from kreislaufstadt.source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_OPENING, _CLOSING = "„", "“"
_PAIR = re.compile(r'(?<![^\s(\[–—/])"(?=[^\s"])([^"\n]*[^\s"])"(?=[\s).,;:!?\]–—/]|$)')
_NOT_PROSE = re.compile(r'^\s*(?:!!!|\[[^\]]+\]:|=== )|\]\((?:[^)"\]]|\](?!\())*"|<[^<>"]*"|\{[^{}"]*"')
_KEY = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")


def fix_files(root: Path, chosen: Iterable[Path]) -> list[Path]:
    """Repair the chosen files and folders of the content folder and return what changed."""
    wanted = [path.resolve() for path in chosen]
    changed = []
    for file in walk_files(root, []):
        path = Path(file.path)
        if path.is_symlink() or not any(path.resolve().is_relative_to(each) for each in wanted):
            continue
        raw = path.read_bytes()
        fixed = fix_bytes(file.parts, raw)
        if fixed != raw:
            path.write_bytes(fixed)
            changed.append(path)
    return changed


def fix_bytes(parts: tuple[str, ...], raw: bytes) -> bytes:
    """The repaired bytes of the content file at the path ``parts`` below the content folder.

    A file that is not UTF-8, has control characters or belongs to no kind stays as it is.
    """
    if classify(parts) is None:
        return raw
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
    text = fix_layout(text)
    for repair in (fix_quotes, fix_order):
        text = repair(parts, text)
    return text.encode("utf-8")


def fix_layout(text: str) -> str:
    """No BOM, line feeds only, no blanks at line ends (Markdown's two for a break stay), one final line feed."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [_strip_end(line) for line in text.split("\n")]
    joined = "\n".join(lines).rstrip("\n")
    return joined + "\n" if joined else ""


def _strip_end(line: str) -> str:
    stripped = line.rstrip(" \t")
    is_break = line == f"{stripped}  " and stripped
    return line if is_break else stripped


def fix_order(parts: tuple[str, ...], text: str) -> str:
    """The fields of an entry in the usual order, each with the comments above it."""
    kind = classify(parts)
    source = _read(parts, text)
    if not isinstance(kind, Kind) or source is None:
        return text
    order = key_order(kind.model)
    keys = list(source.data)
    if any(key not in order for key in keys) or keys == sorted(keys, key=order.index):
        return text
    blocks, head = _split_fields(source.yaml_text.split("\n")[:-1])
    if [key for key, _ in blocks] != keys:
        return text
    blocks.sort(key=lambda block: order.index(block[0]))
    ordered = "\n".join([*head, *(line for _, lines in blocks for line in lines)]) + "\n"
    return _if_same(parts, text, text.replace(source.yaml_text, ordered, 1), lambda data: data)


def _split_fields(lines: Sequence[str]) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Cut the front matter into its fields; comments directly above a field belong to it."""
    head: list[str] = []
    blocks: list[tuple[str, list[str]]] = []
    above: list[str] = []
    for line in lines:
        if _KEY.match(line):
            blocks.append((line.partition(":")[0], [*above, line]))
            above = []
        elif line.startswith("#") and "yaml-language-server" not in line:
            above.append(line)
        elif blocks and line.strip():
            blocks[-1][1].extend([*above, line])
            above = []
        else:
            target = blocks[-1][1] if blocks else head
            target.extend([*above, line])
            above = []
    (blocks[-1][1] if blocks else head).extend(above)
    return blocks, head


def fix_quotes(parts: tuple[str, ...], text: str) -> str:
    """German quotation marks in prose, where straight ones stand in clear pairs around words."""
    source = _read(parts, text)
    if source is None:
        return text
    lines = text.split("\n")
    masked = mask_code(text).split("\n")
    for number in _prose_lines(source, lines):
        if masked[number] == lines[number] and not _NOT_PROSE.search(lines[number]):
            fixed = _fix_line(lines[number])
            lines[number] = fixed
    return _if_same(parts, text, "\n".join(lines), _without_quotes)


def _fix_line(line: str) -> str:
    if line.count('"') % 2 or _OPENING in line:
        return line
    fixed = _PAIR.sub(rf"{_OPENING}\1{_CLOSING}", line)
    return line if '"' in fixed else fixed


def _prose_lines(source: Source, lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that are text: the body and folded or literal fields."""
    first = source.body_offset if source.body else len(lines)
    numbers = []
    indent: int | None = None
    for number in range(source.yaml_offset, min(first, source.yaml_offset + source.yaml_text.count("\n"))):
        line = lines[number]
        depth = len(line) - len(line.lstrip())
        if indent is not None and (depth > indent or not line.strip()):
            numbers.append(number)
        else:
            indent = depth if re.search(r"(?:^|[\s-])[\w-]+:\s+[>|][+-]?\d?\s*$", line) else None
    return [*numbers, *range(first, len(lines))]


def _read(parts: tuple[str, ...], text: str) -> Source | None:
    source, problems = read_source("/".join(parts), text.encode("utf-8"))
    return None if any(problem.severity == "Fehler" for problem in problems) else source


def _if_same(parts: tuple[str, ...], before: str, after: str, plain: Callable[[str], str]) -> str:
    """Accept a repair only if the file still says the same."""
    old, new = _read(parts, before), _read(parts, after)
    if old is None or new is None:
        return before
    same = plain(repr(_sorted(old.data))) == plain(repr(_sorted(new.data))) and plain(old.body) == plain(new.body)
    return after if same else before


def _sorted(data: dict[str, object]) -> list[tuple[str, object]]:
    return sorted(data.items(), key=lambda item: item[0])


def _without_quotes(text: str) -> str:
    return re.sub(f'["\'{_OPENING}{_CLOSING}]', "", text)
