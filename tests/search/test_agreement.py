"""The browser's analysis agrees with Python's: on the shared vectors and on every word of the content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kreislaufstadt.search.compounds import split_by_parts
from kreislaufstadt.search.language import read_language
from kreislaufstadt.search.stem import stem
from kreislaufstadt.search.text import clean, find_tokens, fold, split_token
from search.conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
CALL = "async ([path, body, data]) => (new Function('m', 'data', body))(await import(path), data)"


def run(page: Page, modules: str, body: str, data: Any) -> Any:
    """Run a piece of script with the analysis as ``m``."""
    page.goto(f"{modules}main.html")
    return page.evaluate(CALL, [f"{modules}assets/suche/analyse.js", body, data])


def test_browser_agrees_on_the_vectors(page: Page, modules: str) -> None:
    words = [word for word, _, _ in VECTORS["fold_and_stem"]]
    found = run(page, modules, "return data.map((word) => [word, m.fold(word), m.stem(m.fold(word))])", words)
    assert found == VECTORS["fold_and_stem"]
    found = run(page, modules, "return data.map((text) => [text, m.findTokens(m.clean(text)).map((one) => one.text)])", [t for t, _ in VECTORS["tokens"]])
    assert found == VECTORS["tokens"]
    body = "const parts = new Set(data.parts); return data.splits.map(([word]) => [word, m.splitByParts(word, parts)])"
    assert run(page, modules, body, VECTORS) == VECTORS["splits"]


def test_browser_agrees_on_every_word_of_the_content(page: Page, modules: str) -> None:
    files = sorted(path for suffix in ("*.md", "*.yml") for path in (ROOT / "content").rglob(suffix))
    texts = [path.read_text("utf-8") for path in files]
    tokens = sorted({token.text for text in texts for token in find_tokens(clean(text))})
    assert len(tokens) > 1000
    body = "return [...new Set(data.flatMap((text) => m.findTokens(m.clean(text)).map((one) => one.text)))]"
    assert sorted(run(page, modules, body, texts)) == tokens
    lexicon = read_language(ROOT / "content")[0].compounds.parts
    pieces = sorted({piece for token in tokens for piece in split_token(token)})
    expected = [[fold(piece), stem(fold(piece)), list(split_by_parts(fold(piece), lexicon))] for piece in pieces]
    body = "const parts = new Set(data.parts); return data.words.map((w) => [m.fold(w), m.stem(m.fold(w)), m.splitByParts(m.fold(w), parts)])"
    assert run(page, modules, body, {"parts": sorted(lexicon), "words": pieces}) == expected
