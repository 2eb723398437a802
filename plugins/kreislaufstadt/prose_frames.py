"""Frames around wide parts of a text: tables and code."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

from kreislaufstadt.prose_html import HEADINGS


class Frames(Treeprocessor):
    """Tables and code scroll inside a named, focusable region; table heads have a scope."""

    def run(self, root: ET.Element) -> None:
        """Wrap tables and code blocks; name them after the heading above."""
        self._heading = ""
        self._count = 0
        self._walk(root)

    def _walk(self, parent: ET.Element) -> None:
        for number, child in enumerate(list(parent)):
            if child.tag in HEADINGS:
                self._heading = "".join(child.itertext()).strip()
            if child.tag in {"table", "pre"}:
                parent.remove(child)
                parent.insert(number, self._frame(child))
            else:
                self._walk(child)

    def _frame(self, child: ET.Element) -> ET.Element:
        self._count += 1
        what = "Tabelle" if child.tag == "table" else "Beispiel zum Abschreiben"
        name = f"{what} {self._count}" + (f": {self._heading}" if self._heading else "")
        frame = ET.Element("div", {"class": "rahmen-scroll", "role": "region", "tabindex": "0", "aria-label": name})
        frame.tail, child.tail = child.tail, None
        if child.tag == "table":
            caption = ET.Element("caption", {"class": "unsichtbar"})
            caption.text = self._heading or what
            child.insert(0, caption)
            for cell in child.iter():
                if cell.tag == "th":
                    cell.set("scope", "col")
                if cell.attrib.pop("align", "") == "right":
                    cell.set("class", "number")
        frame.append(child)
        return frame
