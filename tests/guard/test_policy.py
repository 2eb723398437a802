"""Policy, seal, server files, completeness, operator: what they promise, and that they can fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from guard.small_site import RULES, change, write_site
from support import copy_netz

from kreislaufstadt.catalog import Catalog
from kreislaufstadt.guard.__main__ import main
from kreislaufstadt.guard.complete import LEAVES, check_complete, check_operator_ready, check_plugins, expected_pages
from kreislaufstadt.guard.policy import DIRECTIVES, HEADERS, Policy, hash_source, integrity_of, weaknesses
from kreislaufstadt.guard.reading import read_page
from kreislaufstadt.guard.seal import Sealer
from kreislaufstadt.guard.servers import Serving, serving_of, write_servers
from kreislaufstadt.guard.whole import Whole
from kreislaufstadt.load import load_content

ROOT = Path(__file__).parents[2]


def test_policy_allows_nothing_inline() -> None:
    for text in (Policy().header, Policy().meta):
        assert "unsafe" not in text
        assert weaknesses(text) == []
    assert "frame-ancestors 'none'" in Policy().header
    assert "frame-ancestors" not in Policy().meta


@pytest.mark.parametrize("source", ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:", "cdn.fremd.example", "'strict-dynamic'"])
def test_weak_policies_are_recognised(source: str) -> None:
    assert weaknesses(Policy().meta.replace("script-src 'self'", f"script-src 'self' {source}")) == [f"script-src erlaubt {source}"]


def test_missing_directives_are_recognised() -> None:
    assert len(weaknesses("")) == len(DIRECTIVES) - 1


def test_hashes_stand_in_the_policy() -> None:
    value = hash_source("alert(1)")
    assert value.startswith("'sha256-")
    assert f"script-src 'self' {value};" in Policy((value,)).header


def test_seal_is_added_once_and_hashes_fit(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    page = (site / "zwei" / "index.html").read_text("utf-8")
    assert page.count("Content-Security-Policy") == 1
    sealer = Sealer(lambda name: (site / name).read_bytes(), Policy())
    assert sealer.seal("zwei/index.html", page) == page
    assert [item.integrity for item in read_page(page).loaded if item.tag == "script"] == [integrity_of((site / "assets" / "menue.js").read_bytes())]


def test_search_words_in_an_address_stay_with_the_reader(tmp_path: Path) -> None:
    """What the page on data protection says; hosts that send no headers get it from the page."""
    assert HEADERS["Referrer-Policy"] == "strict-origin"
    page = (write_site(tmp_path) / "index.html").read_text("utf-8")
    assert page.count('<meta name="referrer" content="strict-origin">') == 1
    assert page.index('name="referrer"') < page.index("<link")


def test_pages_for_the_disk_carry_no_hashes(tmp_path: Path) -> None:
    sealer = Sealer(lambda _name: b"x", Policy(), integrity=False)
    assert "integrity" not in sealer.seal("index.html", '<meta charset="utf-8"><script src="a.js"></script>')
    assert not list(tmp_path.iterdir())


def test_own_policy_of_a_page_is_kept() -> None:
    page = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
    assert Sealer(lambda _name: None, Policy()).seal("admin/index.html", page) == page


def test_every_form_has_every_header_and_redirect(tmp_path: Path) -> None:
    site = write_site(tmp_path)
    change(site, "zwei/drei/index.html", "<title>", '<meta http-equiv="refresh" content="0; url=../../">\n<title>')
    written = write_servers(serving_of(Whole(site, RULES).load()))
    for name in ("nginx.conf", "Caddyfile", "_headers"):
        for header in (*HEADERS, "Content-Security-Policy", "Cache-Control"):
            assert header in written[name], (name, header)
        assert Policy().header in written[name]
    assert written["_redirects"] == "/zwei/drei/ / 301\n"
    assert 'location = "/zwei/drei/" { return 301 "/"; }' in written["nginx.conf"]
    assert "redir /zwei/drei/ / 301" in written["Caddyfile"]


@pytest.mark.parametrize("address", ['/a" b', "/a$host", "/a\nb", "/a{b}", "/a\\"])
def test_addresses_cannot_break_out_of_a_configuration(address: str) -> None:
    with pytest.raises(ValueError, match="not safe"):
        write_servers(Serving(Policy(), {address: "/"}, {}))


def built(catalog: Catalog, folder: Path) -> None:
    for _, url, title in expected_pages(catalog):
        (folder / url).mkdir(parents=True, exist_ok=True)
        (folder / url / "index.html").write_text(f"Content-Security-Policy {title}".replace("&", "&amp;"), "utf-8")
    (folder / "404.html").write_text("Content-Security-Policy", "utf-8")


def test_every_entry_has_its_page(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    catalog = Catalog(load_content(content))
    built(catalog, tmp_path / "site")
    assert check_complete(tmp_path / "site", catalog) == []
    assert main([str(tmp_path / "site"), str(content)]) == 0


def test_missing_and_empty_pages_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_netz(tmp_path)
    catalog = Catalog(load_content(content))
    site = tmp_path / "site"
    built(catalog, site)
    (site / "beispiele" / "muster-leihladen" / "index.html").unlink()
    (site / "kommunen" / "musterstadt" / "index.html").write_text("Content-Security-Policy", "utf-8")
    (site / "404.html").write_text("", "utf-8")
    problems = check_complete(site, catalog)
    assert [(problem.code, problem.place.file) for problem in problems] == [
        ("KS601", "content/kommunen/musterstadt.md"), ("KS601", "content/beispiele/muster-leihladen.md"), ("KS610", "site/404.html"),
    ]  # fmt: skip
    assert main([str(site), str(content)]) == 1
    assert "mkdocs.yml" in capsys.readouterr().out


def test_an_engine_that_drops_our_plugins_is_noticed(tmp_path: Path) -> None:
    catalog = Catalog(load_content(copy_netz(tmp_path)))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>Built without our plugins</h1>", "utf-8")
    assert len(check_complete(tmp_path / "site", catalog)) >= len(list(expected_pages(catalog)))


def test_a_single_plugin_that_did_nothing_is_noticed(tmp_path: Path) -> None:
    for left in LEAVES.values():
        (tmp_path / left).mkdir(parents=True)
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert check_plugins(tmp_path, config) == []
    for name, left in LEAVES.items():
        (tmp_path / left).rename(tmp_path / "weg")
        assert [f"kreislaufstadt/{name}" in problem.message for problem in check_plugins(tmp_path, config)] == [True]
        assert check_plugins(tmp_path, f"plugins:\n  - kreislaufstadt/{name}:\n      enabled: false\n") == []
        (tmp_path / "weg").rename(tmp_path / left)
    assert check_plugins(tmp_path / "leer", "site_name: x\n") == []


def test_the_answer_for_the_same_files_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, site = copy_netz(tmp_path), tmp_path / "site"
    built(Catalog(load_content(content)), site)
    (tmp_path / "mkdocs.yml").write_text("plugins: []\n", "utf-8")
    arguments = [str(site), str(content), str(tmp_path / "mkdocs.yml"), str(tmp_path / "kept.sqlite")]
    assert main(arguments) == 0
    counted: list[int] = []
    monkeypatch.setattr("kreislaufstadt.guard.__main__._count", lambda *_: counted.append(1))
    assert main(arguments) == 0
    assert counted == []
    (site / "kommunen" / "musterstadt" / "index.html").unlink()
    assert main(arguments) == 1
    assert counted == [1]


def test_placeholders_stop_a_production_build() -> None:
    catalog = Catalog(load_content(ROOT / "content"))
    assert catalog.operator is not None
    problems = check_operator_ready(catalog)
    assert len(problems) == len(catalog.operator.placeholders)
    assert {problem.code for problem in problems} <= {"KS611"}
    catalog.operator = None
    assert [problem.code for problem in check_operator_ready(catalog)] == ["KS611"]


def test_real_operator_passes(tmp_path: Path) -> None:
    content = copy_netz(tmp_path)
    text = (content / "betreiber.yml").read_text("utf-8")
    (content / "betreiber.yml").write_text(text.replace("[Platzhalter", "Test ("), "utf-8")
    assert check_operator_ready(Catalog(load_content(content))) == []


def test_other_builds_show_a_notice() -> None:
    footer = (ROOT / "overrides" / "partials" / "footer.html").read_text("utf-8")
    assert "operator.placeholders" in footer
    assert "Entwurf ohne Betreiber" in footer
