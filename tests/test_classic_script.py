"""Modules joined into one classic script: run by the browser's engine, and refused where they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kreislaufstadt.classic_script import bundle

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MODULES = Path(__file__).parents[1] / "overrides" / "assets" / "js"


def write(folder: Path, **modules: str) -> Path:
    """Write modules (``__`` in a name is a folder's slash) and return the one called ``start``."""
    for name, text in modules.items():
        path = folder / f"{name.replace('__', '/')}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "start.js"


def run(browser: Browser, script: str) -> Any:
    """What the script leaves in ``globalThis.result``, awaited."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.evaluate("text => { const tag = document.createElement('script'); tag.textContent = text; document.head.append(tag); }", script)
        return page.evaluate("globalThis.result")
    finally:
        context.close()


def test_each_module_keeps_a_scope_of_its_own_and_loses_its_comments(tmp_path: Path) -> None:
    entry = write(tmp_path, a="// comment\nconst same = 1;\nexport const a = same;\n", start='import { a } from "./a.js";\n\nconst same = 2;\nconsole.log(a + same);\n')
    joined = bundle(entry)
    assert joined.count("const same") == 2
    assert "import" not in joined
    assert "comment" not in joined


def test_every_form_of_import_and_export_works(tmp_path: Path, browser: Browser) -> None:
    entry = write(
        tmp_path,
        a="export const a = 1;\nexport async function later() { return 2; }\nexport class Klasse {}\nconst inner = 3;\nexport { inner as outer, a as again };\n",
        b="export default function name() { return name.name; }\n",
        c="export default 5;\n",
        d='export * from "./a.js";\nexport { default as c } from "./c.js";\n',
        start='import {\n  a,\n  outer as o,\n} from "./a.js";\nimport * as all from "./d.js";\nimport b from "./b.js";\nimport c, * as whole from "./c.js";\nimport "./a.js";\n'
        "globalThis.result = all.later().then((two) => [a, o, all.again, all.c, b(), c, whole.default, two, typeof all.Klasse]);\n",
    )
    assert run(browser, bundle(entry)) == [1, 3, 1, 5, "name", 5, 5, 2, "function"]


def test_a_module_on_demand_runs_once_and_not_before_it_is_asked_for(tmp_path: Path, browser: Browser) -> None:
    entry = write(
        tmp_path,
        office__form='import { shared } from "./shared.js";\nglobalThis.runs = (globalThis.runs ?? 0) + 1;\nexport const form = () => `one\n  two ${shared}`;\n',
        office__shared="export const shared = 7;\n",
        start="const before = globalThis.runs;\nasync function go() {\n  const { form } = await import(\"./office/form.js\");\n  await import('./office/form.js');\n  return [before ?? null, globalThis.runs, form()];\n}\nglobalThis.result = go();\n",
    )
    assert run(browser, bundle(entry)) == [None, 1, "one\n  two 7"]


def test_same_file_names_in_two_folders_do_not_collide(tmp_path: Path, browser: Browser) -> None:
    entry = write(
        tmp_path, text="export const a = 1;\n", office__text="export const a = 2;\n", start='import { a } from "./text.js";\nimport { a as b } from "./office/text.js";\nglobalThis.result = [a, b];\n'
    )
    assert run(browser, bundle(entry)) == [1, 2]


@pytest.mark.parametrize(
    "text",
    ['import { a } from "bare";\n', "const a = await import(name);\n", "const a = import(`./${name}.js`);\n", "const a = import.meta.env;\n", 'export { a } from "https://x.example/a.js";\n'],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"start\.js"):
        bundle(write(tmp_path, start=text))


def test_modules_that_import_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="import each other"):
        bundle(write(tmp_path, a='import { b } from "./start.js";\nexport const a = b;\n', start='import { a } from "./a.js";\nexport const b = a;\n'))


@pytest.mark.parametrize("path", sorted(MODULES.rglob("*.js")), ids=lambda path: path.relative_to(MODULES).as_posix())
def test_all_modules_of_the_site_can_be_joined(path: Path) -> None:
    assert bundle(path).startswith('"use strict";(()=>{')
