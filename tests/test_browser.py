"""The page in a real browser: hostile words don't run, nothing runs over the edge of a telephone."""

import re
import shutil
from importlib.resources import files

import pytest

from tests.small_report import HOSTILE

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
def report(small_report):
    return small_report("en")["html"]


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


def unfolded(page):
    """The number of entries in the evidence, once all of it is asked for."""
    page.evaluate("document.querySelectorAll('.open').forEach(button => button.click())")
    return page.locator(".evidence li").count()


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
        link.dispatch_event("click")
    unfolded(page)
    assert page.title() != "ran" and page.said == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    shown = " ".join(page.inner_text("main").split())
    assert [h for h in HOSTILE if " ".join(h.split()) not in shown] == []


@pytest.mark.parametrize("width", [1400, 390])
def test_a_number_opens_its_evidence_in_place(report, opened, width):
    page = opened(report, width)
    link = page.query_selector("main p a[href^='#ev-'], main p a[href^='#set-']")
    link.focus()
    page.keyboard.press("Enter")
    box, marked = page.query_selector(".card").bounding_box(), page.query_selector_all(".card mark")
    assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= 900
    assert marked and all(m.inner_text() for m in marked)
    page.keyboard.press("Escape")
    assert page.is_hidden(".card") and link.evaluate("a => a === document.activeElement")


def test_the_evidence_costs_the_page_nothing_until_it_is_asked_for(report, opened):
    page = opened(report)
    assert page.locator(".evidence li").count() == 0
    told = page.locator(".evidence .open").all_text_contents()
    assert unfolded(page) == sum(int(re.search(r"\d+", words).group()) for words in told[:-1]) > 0
    assert page.locator(".evidence .open").count() == 0


def test_a_link_from_elsewhere_opens_its_entry(report, opened):
    name = re.search(r'<li id="(ev-[^"]+)"', report.read_text("utf-8")).group(1)
    page = opened(report)
    page.goto(f"{report.as_uri()}#{name}")
    page.reload()
    assert page.evaluate("document.querySelector(':target').id") == name
    assert page.locator(".evidence li:target").is_visible()


def test_an_entry_tells_where_it_is_cited(report, opened):
    page = opened(report)
    link = page.query_selector("figure td a[href^='#ev-']")
    link.click()
    back = page.locator(".card .about a").evaluate_all("links => links.map(a => a.hash)")
    assert f"#{link.evaluate('a => a.closest(`figure`).id')}" in back


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("words, target", [("警务站 120", "LI"), ("practices", "H1"), ("1000", "TR")])
def test_search_leads_to_text_tables_and_evidence(report, opened, width, words, target):
    page = opened(report, width)
    page.fill(".search", words)
    page.wait_for_selector(".found a")
    assert page.inner_text(".count").startswith(str(page.locator(".found li").count()))
    page.locator(".found a").last.click() if target == "LI" else page.locator(".found a").first.click()
    assert page.evaluate("document.activeElement.matches('ul:has(:target), h1, tr')")
    page.fill(".search", "nowhere to be found")
    page.locator(".count", has_text=re.compile("^0 ")).wait_for()
    page.press(".search", "Escape")
    assert page.input_value(".search") == "" and page.is_hidden(".count")


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_card_open_and_the_evidence_unfolded(report, browser, width, scheme):
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(report.as_uri())
    page.add_script_tag(content=(files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    unfolded(page)
    page.query_selector("main p a[href^='#set-']").click()
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    context.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_without_a_script_a_number_leads_to_its_row(report, browser):
    page = browser.new_page(java_script_enabled=False)
    page.goto(report.as_uri())
    link = page.query_selector("main p a[href^='#ev-']")
    target = link.get_attribute("href")
    link.click()
    assert page.url.endswith(target)
    page.close()


def test_the_first_key_leads_past_the_contents(report, opened):
    page = opened(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#text"


def test_the_page_is_dark_where_the_reader_wants_it(report, browser):
    page = browser.new_page(color_scheme="dark")
    page.goto(report.as_uri())
    light = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(n => n > 60)"
    assert not page.evaluate(light)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(light)
    page.close()


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


def drawn(page):
    """[(words, family asked for first, whether no element is inside, fonts drawn in)] of each element of the page."""
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    every = "body :not(script, noscript)"
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": every})["nodeIds"]
    asked = """s => [...document.querySelectorAll(s)].map(
        e => [e.textContent, getComputedStyle(e).fontFamily, !e.children.length])"""
    for node, (words, families, leaf) in zip(nodes, page.evaluate(asked, every), strict=True):
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        yield words[:60], families.split(",")[0].strip('"'), leaf, fonts


def test_the_fonts_are_the_ones_inside_and_no_character_falls_back(report, opened):
    page = opened(report)
    unfolded(page)
    page.query_selector("main p a[href^='#set-']").click()
    page.add_style_tag(content=".evidence section{content-visibility:visible!important}")
    page.evaluate("document.fonts.ready")
    found = list(drawn(page))
    assert sum(f["glyphCount"] for *_, fonts in found for f in fonts) > 1000
    assert [(words, f) for words, *_, fonts in found for f in fonts if not f["isCustomFont"]] == []
    assert [told for told in found if told[2] and {f["familyName"] for f in told[3]} - {told[1]}] == []
