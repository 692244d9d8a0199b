"""The page in a real browser: hostile words don't run, nothing runs over the edge of a telephone."""

import re
import shutil

import pytest

from tests.small_report import HOSTILE, bound

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return bound(tmp_path_factory.mktemp("browser"))["html"]


@pytest.fixture
def opened(browser):
    """opened(path, width): the page, with what it asked for and said in `asked` and `said`."""
    pages = []

    def open_page(path, width=1400):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture(params=["guarded", "unguarded"])
def page(request, report, tmp_path, opened):
    """The page with its content security policy, and without it, so that escaping alone must hold."""
    if request.param == "guarded":
        return opened(report)
    bare = tmp_path / "bare.html"
    bare.write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report.read_text("utf-8")), "utf-8")
    assert "Content-Security-Policy" not in bare.read_text("utf-8")
    return opened(bare)


def test_hostile_words_are_read_and_never_run(page):
    for link in page.query_selector_all("main a[href^='#']")[:40]:
        link.evaluate("a => a.click()")
    assert page.title() != "ran" and page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    shown = " ".join(page.inner_text("main").split())
    assert [h for h in HOSTILE if " ".join(h.split()) not in shown] == []


@pytest.mark.parametrize("width", [1400, 768, 390])
def test_nothing_runs_over_the_edge(report, opened, width):
    page = opened(report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    over = """width => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > width + 1
              && !e.closest('.scroll')).map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(over, width) == []


def test_wide_tables_scroll_in_their_own_box(report, opened):
    page = opened(report, 390)
    assert page.evaluate("[...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)")


@pytest.mark.parametrize("width, folded", [(1400, False), (390, True)])
def test_the_contents_are_folded_on_a_telephone_and_open(report, opened, width, folded):
    page = opened(report, width)
    assert page.is_hidden("nav .folds") == folded
    if folded:
        page.click("nav > label")
        assert page.is_visible("nav .folds")


def test_the_fonts_are_the_ones_inside(report, opened):
    page = opened(report)
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family + f.weight)")
    assert {"Noto Serif SC400", "Noto Sans SC400", "Noto Sans SC700"} <= {name.replace('"', "") for name in loaded}
