"""The pages of a register that is too large for the search page; the project's own is not, so the test network's is cut small."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from browser_support import ROOT, find_violations, open_page, serve
from exports.support_exports import make_settings

from kreislaufstadt.build import Build
from kreislaufstadt.search import register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The test network with a register of many pages."""
    folder = tmp_path_factory.mktemp("register")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register, "MOST_TOGETHER", 20)
        patch.setattr(register, "_ON_ONE_PAGE", 5)
        pages = Build(make_settings()).pages
    for page in pages.values():
        target = folder / page.draft.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.html, encoding="utf-8")
    shutil.copytree(ROOT / "overrides" / "assets", folder / "assets")
    with serve(folder) as found:
        yield found


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["suche/", "suche/register-m/"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, address: str, path: str, width: int) -> None:
    with open_page(browser, address + path, width=width) as page:
        assert find_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_register_is_walked_from_page_to_page_and_back(browser: Browser, address: str) -> None:
    with open_page(browser, f"{address}suche/") as page:
        links = page.locator(".register-seiten a")
        count = links.count()
        links.first.click()
        for _ in range(count - 1):
            page.locator("[rel=next]").focus()
            page.keyboard.press("Enter")
            page.wait_for_load_state()
        assert page.locator("[rel=next]").count() == 0
        page.locator("nav a", has_text="Suche").first.click()
        assert page.url == f"{address}suche/"
