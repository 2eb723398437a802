"""After a change: whether the finished site is sound, proved from what changed and from what held before.

A sound site stays sound if the files that changed are sound by themselves, and nothing that the
others need of them is gone. What is proved here needs no look at the other pages. What cannot be
proved this way is no fault yet: then everything is inspected, and that inspection says what is wrong.
"""

from __future__ import annotations

import json
import os.path
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kreislaufstadt.guard.assets import is_quiet
from kreislaufstadt.guard.links import wanted_by
from kreislaufstadt.guard.policy import Policy
from kreislaufstadt.guard.rules import RULES
from kreislaufstadt.guard.servers import Serving, serving_of
from kreislaufstadt.guard.whole import is_public, published_sizes
from kreislaufstadt.site_folder import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kreislaufstadt.guard.keep import KeptFiles
    from kreislaufstadt.guard.links import Wanted
    from kreislaufstadt.guard.page import Page
    from kreislaufstadt.guard.whole import Rules, Whole

_LOOKED_AT_WHOLE = (".css", ".mjs", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".woff2", ".woff", ".ttf", ".otf")
"""Files that many pages load, or that rules weigh: a change of one is inspected as a whole."""

Head = tuple[str, str]
"""Title and description of a page that readers find."""


@dataclass(frozen=True)
class Proof:
    """A site that was found sound: its files by a digest, and what a proof about a later state has to know of them."""

    state: str
    heads: dict[str, Head]
    needs: dict[str, list[str]]
    """The anchors that pages want of a file, or none; files that nobody wants are not named."""
    redirects: dict[str, str]
    apart: dict[str, str]
    moved: list[str]
    """Pages that lead elsewhere."""

    @classmethod
    def of(cls, whole: Whole, names: Mapping[str, str]) -> Proof:
        """After a whole inspection without findings."""
        serving = serving_of(whole)
        moved = [file for file, page in whole.pages.items() if page.refresh]
        return cls(state_of(names), _heads(whole.public), _needs(whole, whole.wanted), dict(serving.redirects), dict(serving.apart), moved)

    @property
    def serving(self) -> Serving:
        """What a server has to know."""
        return Serving(Policy(), self.redirects, self.apart)

    def pack(self) -> bytes:
        """Write it for the next build."""
        return json.dumps(vars(self), ensure_ascii=False).encode()

    @classmethod
    def unpack(cls, stored: bytes) -> Proof:
        """Read what :meth:`pack` wrote."""
        found = json.loads(stored)
        found["heads"] = {file: tuple(head) for file, head in found["heads"].items()}
        return cls(**found)


class State(NamedTuple):
    """What stands in a folder: every file's content by its digest, and its size in bytes."""

    names: dict[str, str]
    sizes: dict[str, int]


def prove(proof: Proof, whole: Whole, before: Mapping[str, str], state: State, kept: KeptFiles) -> Proof | None:
    """The proof for what stands in the folder now, if ``proof`` held for what was there ``before`` (files to digests); else nothing.

    ``whole`` is the site of which nothing has been read yet.
    """
    site, rules, now = whole.folder, whole.rules, state.names
    if proof.state != state_of(before) or not all(is_public(path.name) for path in site.iterdir()):
        return None
    changed = [file for file, name in now.items() if before.get(file) != name]
    gone = before.keys() - now.keys()
    if gone & proof.needs.keys() or not all(_may_change(file, site, rules, kept, new=file not in before) for file in changed):
        return None
    pages = [file for file in changed if file.endswith(".html")]
    leading = {file for file in (*pages, *gone) if file in proof.moved or rules.is_apart(file)}
    found = dict(zip(pages, kept.some(site, pages, _unused(before, now)), strict=True))
    sound = {file: page for file, page in found.items() if page and not page.findings and not page.refresh}
    if leading or len(sound) < len(pages) or any(not page.ids.issuperset(proof.needs.get(file, ())) for file, page in sound.items()):
        return None
    whole.sizes = published_sizes(state.sizes)
    whole.pages.update(_with_targets(whole, sound, kept))
    whole.load_assets({target for file in sound for target in whole.targets_of(file)})
    heads, others = _heads(whole.public_of(sound)), {file: head for file, head in proof.heads.items() if file in now and file not in sound}
    if _are_taken(heads, others) or any(True for rule in RULES for _ in rule(whole)) or whole.found:
        return None
    whole.pages = sound
    return Proof(state_of(now), others | heads, _merged(proof.needs, _needs(whole, wanted_by(whole, sound))), proof.redirects, proof.apart, proof.moved)


def _may_change(file: str, site: Path, rules: Rules, kept: KeptFiles, *, new: bool) -> bool:
    """Whether a changed file says nothing to others, or can be inspected by itself."""
    if (new and not is_public(file) and not rules.is_apart(file)) or file.endswith(_LOOKED_AT_WHOLE) or os.path.islink(f"{site}/{file}"):  # noqa: PTH114 - thousands of files: no object for each path
        return False
    if not file.endswith(".js"):
        return True
    if not file.startswith(rules.data):
        return False
    if not kept.is_quiet(site, file):
        if not is_quiet((site / file).read_bytes()):
            return False
        kept.note_quiet(site, file)
    return True


def _unused(before: Mapping[str, str], now: Mapping[str, str]) -> set[str]:
    """Contents that no file has any more."""
    return {*before.values()} - {*now.values()}


def _with_targets(whole: Whole, pages: Mapping[str, Page], kept: KeptFiles) -> dict[str, Page]:
    """The pages, and those whose anchors they name."""
    targets = {whole.resolve(file, url) for file, page in pages.items() for url in page.links if "#" in url}
    others = sorted(file for file in targets - pages.keys() if file.endswith(".html") and file in whole.sizes)
    more = zip(others, kept.some(whole.folder, others), strict=True)
    return {**pages, **{file: page for file, page in more if page}}


def _heads(pages: Mapping[str, Page]) -> dict[str, Head]:
    return {file: (page.title, page.description) for file, page in pages.items()}


def _are_taken(heads: Mapping[str, Head], others: Mapping[str, Head]) -> bool:
    """Whether another page has one of the titles or descriptions."""
    titles, descriptions = ({head[place] for head in others.values()} for place in (0, 1))
    return any(title in titles or (description and description in descriptions) for title, description in heads.values())


def _needs(whole: Whole, wanted: Wanted) -> dict[str, list[str]]:
    """What pages, styles and scripts want of files other than themselves; a page that links itself by its whole path counts as another."""
    needs = {target: sorted(anchors) for target, anchors in wanted.items()}
    loaded = {target for targets in set(map(whole.targets_of, whole.pages)) for target in targets}
    asked = {whole.resolve(file, url) for file, asset in whole.assets.items() for url in (*asset.loaded, *asset.later)}
    for target in loaded | asked:
        needs.setdefault(target, [])
    return dict(sorted(needs.items()))


def _merged(needs: Mapping[str, list[str]], more: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Both together: what an earlier version of a page wanted stays, which is at most too careful."""
    return {**needs, **{target: sorted({*needs.get(target, ()), *anchors}) for target, anchors in more.items()}}
