"""Text of a content file into data: text scalars, with a place for every fault.

A file is either YAML (``.yml``) or Markdown with YAML front matter (``.md``).
Scalars stay text; the declared type of a field converts them later. Positions
are not kept beside the data: most entries have no fault, so :meth:`Source.place`
composes the YAML again for the few that do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from kreislaufstadt.front_matter import describe_missing_head, describe_open_head
from kreislaufstadt.problems import Place, Problem
from kreislaufstadt.yaml_checks import TextLoader, check_yaml, depth_problem
from kreislaufstadt.yaml_faults import describe_yaml_error
from kreislaufstadt.yaml_slips import find_joined_lines, may_join_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yaml.nodes import Node

MAX_BYTES = 512 * 1024
"""Largest content file; a longer one is a mistake or an attack."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")

_HASH = re.compile(r"[ \t]{1,99}(#[^\s#][^\n]{0,40})")
_BROKEN = re.compile("Ã[¤¶¼„–œŸ]|â€|\ufffd")
"""Umlauts and marks that were saved as UTF-8 and read as something else, or lost."""

_SOUND = re.compile(f"[^{_CONTROL.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}Ãâ\ufffd]*+\\Z")
"""Text in which none of these patterns can find anything; most is."""

_HEAD = re.compile(r"---[^\S\n]*\n")
_HEAD_END = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")

_DOCUMENTS = {b"PK\x03\x04": "eine Word- oder ZIP-Datei", b"\xd0\xcf\x11\xe0": "eine Word-Datei", b"%PDF": "eine PDF-Datei", b"{\\rtf": "eine RTF-Datei"}

Data = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass
class Source:
    """A read content file.

    ``file`` is the path shown to editors (relative, ``/``), ``data`` the fields as
    text scalars, ``body`` the Markdown below the front matter, and the two line
    offsets say how many lines stand above the YAML and above the body.
    """

    file: str
    yaml_text: str
    yaml_offset: int = 0
    body: str = ""
    body_offset: int = 0

    @cached_property
    def data(self) -> Data:
        """The fields; of a source that an earlier build read they are read anew when somebody wants them."""
        found: Data = _build(self._root, [], self) if self._root else {}
        return found

    def __getstate__(self) -> dict[str, Any]:
        """What is kept from build to build: texts and places in the file."""
        return {name: value for name, value in vars(self).items() if name not in {"data", "_root"}}

    @cached_property
    def _root(self) -> Node | None:
        return yaml.compose(self.yaml_text, Loader=TextLoader)

    def place(self, path: Sequence[str | int] = (), *, key: bool = False) -> Place:
        """Find where ``path`` stands: its value, or with ``key`` its key.

        A path that does not exist gets the place of its closest existing parent: of
        its key, or if it is a list item or the whole file of its first field.
        """
        node, key_node = self._root, None
        for step in path:
            found = _child(node, step)
            if found is None:
                return self._mark(key_node or _first(node))
            key_node, node = found
        return self._mark(key_node if key and key_node else node)

    def place_in_body(self, index: int) -> Place:
        """Find the place of the character ``index`` of the body."""
        before = self.body[:index]
        line = before.count("\n")
        column = index - (before.rfind("\n") + 1)
        return Place(self.file, self.body_offset + line + 1, column + 1)

    def _mark(self, node: Node | None) -> Place:
        if node is None:
            return Place(self.file, self.yaml_offset + 1, 1)
        mark = node.start_mark
        return Place(self.file, self.yaml_offset + mark.line + 1, mark.column + 1)


def read_source(file: str, raw: bytes) -> tuple[Source | None, list[Problem]]:
    """Read the bytes of a content file; the source is missing if nothing can be used."""
    text, problems = _decode(file, raw)
    if text is None:
        return None, problems
    if not text.strip():
        advice = "Bitte eine Vorlage aus dem Mitmach-Bereich hineinkopieren oder die Datei löschen."
        return None, [*problems, Problem(Place(file, 1, 1), "KS101", "Die Datei ist leer.", advice)]
    problems += _check_characters(file, text)
    if any(problem.code == "KS103" for problem in problems):
        return None, problems
    source, more = _read_markdown(file, text) if file.endswith(".md") else _read_yaml(file, text, 0)
    return source, problems + more


def _decode(file: str, raw: bytes) -> tuple[str | None, list[Problem]]:
    if len(raw) > MAX_BYTES:
        message = f"Die Datei ist größer als die erlaubten {MAX_BYTES // 1024} KB."
        return None, [Problem(Place(file), "KS104", message, "Bitte den Inhalt auf mehrere Einträge verteilen.")]
    problems = []
    document = next((name for start, name in _DOCUMENTS.items() if raw.startswith(start)), None)
    if document:
        message = f"Das ist {document}, kein einfacher Text."
        advice = "Bitte den Text in einen einfachen Texteditor kopieren und dort als UTF-8 speichern."
        return None, [Problem(Place(file, 1, 1), "KS102", message, advice)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw.count(0) * 3 > len(raw):
        return None, [_encoding_problem(file, 1, 1)]
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        message = "Die Datei beginnt mit einer unsichtbaren Markierung (BOM)."
        problems.append(Problem(Place(file, 1, 1), "KS105", message, "Bitte als „UTF-8“ statt „UTF-8 mit BOM“ speichern."))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return None, [*problems, _encoding_problem(file, line, column)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _encoding_problem(file: str, line: int, column: int) -> Problem:
    message = "Die Datei ist nicht in UTF-8 gespeichert, Umlaute sind nicht lesbar."
    return Problem(Place(file, line, column), "KS102", message, "Bitte im Editor als UTF-8 speichern.")


def _check_characters(file: str, text: str) -> list[Problem]:
    if _SOUND.match(text):
        return []
    problems = []
    for found in _CONTROL.finditer(text):
        message = f"Die Datei enthält das Steuerzeichen U+{ord(found[0]):04X}."
        problems.append(Problem(_place_at(file, text, found.start()), "KS103", message, "Bitte das Zeichen löschen."))
    for found in _INVISIBLE.finditer(text):
        message = f"Hier steht ein unsichtbares Zeichen (U+{ord(found[0]):04X})."
        advice = "Bitte das Wort neu eintippen; solche Zeichen kommen beim Kopieren mit."
        problems.append(Problem(_place_at(file, text, found.start()), "KS120", message, advice))
    for found in _BROKEN.finditer(text):
        message = f"Hier ist ein Umlaut oder Zeichen beim Speichern zerstört worden: „{found[0]}“."
        problems.append(Problem(_place_at(file, text, found.start()), "KS125", message, "Bitte das Wort neu eintippen und als UTF-8 speichern."))
    return problems[:20]


def _place_at(file: str, text: str, index: int) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _read_markdown(file: str, text: str) -> tuple[Source | None, list[Problem]]:
    head = _HEAD.match(text + "\n")
    if head is None:
        return None, [describe_missing_head(file, text.split("\n"))]
    end = _HEAD_END.search(text, head.end() - 1)
    if end is None:
        return None, [describe_open_head(file, text.split("\n"))]
    source, problems = _read_yaml(file, text[head.end() : end.start()] + "\n", 1)
    if source:
        body = text[end.end() :]
        stripped = body.lstrip("\n")
        source.body = stripped.rstrip() + "\n" if stripped.strip() else ""
        source.body_offset = text.count("\n", 0, end.start() + 1) + 1 + len(body) - len(stripped)
    return source, problems


def _read_yaml(file: str, text: str, offset: int) -> tuple[Source | None, list[Problem]]:
    problems = check_yaml(file, text, offset)
    if problems:
        return None, problems
    try:
        root = yaml.compose(text, Loader=TextLoader)
    except yaml.YAMLError as error:
        return None, [describe_yaml_error(file, text, offset, error)]
    except RecursionError:
        return None, [depth_problem(file, offset + 1)]
    source = Source(file, text, offset)
    if not isinstance(root, yaml.MappingNode):
        message = "Die Datei enthält keine Felder."
        return None, [Problem(Place(file, offset + 1, 1), "KS112", message, "Bitte Felder in der Form titel: … anlegen.")]
    source.data = _build(root, problems, source)
    if "\\" in text:
        problems += _check_escapes(source, root)
    if " #" in text:
        problems += _check_hashes(source, root)
    if may_join_lines(text):
        joined = find_joined_lines(text.split("\n"), _scalars(root))
        problems += [Problem(Place(file, offset + slip.line + 1, slip.column + 1), "KS124", slip.message, slip.advice) for slip in joined]
    return source, problems


def _check_escapes(source: Source, root: Node) -> list[Problem]:
    """Only a backslash can make a control or invisible character out of others; keys are looked at when they are named."""
    control = "Ein Rückstrich mit dem Buchstaben dahinter wird hier zu einem Steuerzeichen."
    hidden = "Ein Rückstrich mit dem, was folgt, wird hier zu einem unsichtbaren Zeichen."
    advice = "Bitte den Rückstrich löschen oder einfache statt doppelte Anführungszeichen verwenden."
    problems = [Problem(source._mark(node), "KS103", control, advice) for node in _scalars(root) if _CONTROL.search(node.value)]  # noqa: SLF001
    if not _INVISIBLE.search(source.yaml_text):  # else they have been named where they stand
        problems += [Problem(source._mark(node), "KS120", hidden, advice) for node in _scalars(root) if _INVISIBLE.search(node.value)]  # noqa: SLF001
    return problems


def _check_hashes(source: Source, root: Node) -> list[Problem]:
    """``Nr. #1`` ends after ``Nr.``: what follows is a comment to YAML, and lost without a word."""
    advice = "Bitte den ganzen Text in Anführungszeichen setzen; einen Kommentar mit „# “ beginnen."
    problems = []
    for node in _scalars(root):
        found = None if getattr(node, "style", None) else _HASH.match(source.yaml_text, node.end_mark.index)
        if found:
            ends = f"Der Text endet hier nach „{node.value[-40:]}“" if node.value else "Das Feld bleibt leer"
            message = f"{ends}; „{found[1]}“ wird nicht gelesen."
            problems.append(Problem(source._mark(node), "KS123", message, advice))  # noqa: SLF001
    return problems


def _scalars(node: Node) -> Iterator[Node]:
    """The values that are text, in order."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    else:
        for _, value in node.value:
            yield from _scalars(value)


def _build(node: Node, problems: list[Problem], source: Source) -> Any:
    """Turn a YAML node into text, list or dict; doubled keys become problems."""
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, problems, source) for item in _filled(node)]
    data: Data = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            message = "Hier steht eine Liste oder Klammer, wo ein Feldname erwartet wird."
            problems.append(Problem(source._mark(key_node), "KS203", message, "Bitte in der Form feld: Wert schreiben."))  # noqa: SLF001
            continue
        key = key_node.value
        if key in data:
            first = source.yaml_offset + next(other for other, _ in node.value if other.value == key).start_mark.line + 1
            message = f"Das Feld „{key}“ steht zweimal (zuerst in Zeile {first})."
            advice = "Bitte die Angaben zusammenführen und eines der beiden Felder löschen."
            problems.append(Problem(source._mark(key_node), "KS108", message, advice))  # noqa: SLF001
            continue
        data[key] = value_node.value if isinstance(value_node, yaml.ScalarNode) else _build(value_node, problems, source)
    return data


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return next(((None, item) for item in _filled(node)[step : step + 1]), None)
    return None


def _filled(node: Node) -> list[Node]:
    """The items of a list without those left empty in a template; they count nowhere."""
    return [item for item in node.value if not _is_empty(item)]


def _is_empty(node: Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        return all(_is_empty(value) for _, value in node.value)
    return all(map(_is_empty, node.value)) if isinstance(node, yaml.SequenceNode) else not node.value


def _first(node: Node | None) -> Node | None:
    """The first key of a mapping: the best place to point at when a key is missing."""
    return node.value[0][0] if isinstance(node, yaml.MappingNode) and node.value else node
