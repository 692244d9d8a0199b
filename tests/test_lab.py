"""Working copies in a real JupyterLab: Run All without an error, numbers lead to their rows, git sees nothing."""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from lib import paths
from lib.report.run import lab
from tests.test_browser import CHROMIUM, SWITCHES

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
NAMES = sorted(path.stem for path in paths.NOTEBOOKS.glob("*.ipynb"))
BOOKS = [f"{('en', 'zh')[n % 2]}/{name}" for n, name in enumerate(NAMES)]  # each once, half of them in Chinese
LINKS = """[...document.querySelectorAll('.jp-OutputArea a[href^="#o"]')].map(a => a.getAttribute('href').slice(1))"""
DEAD = f"{LINKS}.filter(id => !document.getElementById(id))"
RAW = r"""[...document.querySelectorAll(".jp-OutputArea")].map(e => e.innerText)
  .filter(t => /\[@|\*\*|\]\(#|<Figure/.test(t))"""
ERRORS = "[data-mime-type='application/vnd.jupyter.stderr'] >> text=Traceback"
WAITING = "[...document.querySelectorAll('.jp-InputPrompt')].filter(e => e.innerText.includes('*')).length"
RUN = "[...document.querySelectorAll('.jp-InputPrompt')].filter(e => /[0-9]/.test(e.innerText)).length"
TOP = "id => document.getElementById(id)?.getBoundingClientRect().top"


@pytest.fixture(scope="module")
def address(corpus_evidence, tmp_path_factory):
    """A JupyterLab on working copies with the invented corpus; its address."""
    folder, kept = tmp_path_factory.mktemp("lab"), lab.FOLDER
    lab.FOLDER = paths.BUILD / f"{folder.name}-lab"
    given = {"evidence": str(corpus_evidence), "texts": str(paths.BUILD / "texts")}
    given["decisions"] = str(shutil.copy(paths.DATA / "review.csv", lab.FOLDER.with_suffix(".csv")))
    for language in ("en", "zh"):
        lab.copies(language, given)
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", f"--port={port}", "--no-browser"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={lab.FOLDER}", "--LabApp.news_url=None"]
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    environment["JUPYTER_CONFIG_PATH"] = str(paths.ROOT / "lib/report/run")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=paths.ROOT, env=environment, **quiet) as server:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/api/status")
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://localhost:{port}/lab/tree"
        server.terminate()
    shutil.rmtree(lab.FOLDER)
    lab.FOLDER.with_suffix(".csv").unlink()
    lab.FOLDER = kept


@pytest.fixture(scope="module")
def page(address):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield browser.new_page(viewport={"width": 1500, "height": 1000})
        browser.close()


def status():
    return subprocess.run(["git", "status", "--porcelain"], cwd=paths.ROOT, capture_output=True, text=True).stdout


def run(page, notebook):
    """Run All Cells of a notebook, and wait until they have run."""
    page.goto(notebook, timeout=120_000)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_selector("text=Python 3 (ipykernel) | Idle", timeout=120_000)
    page.click(".jp-Notebook .jp-Cell >> nth=0")
    page.click("text=Run >> nth=0")
    page.click("text=Run All Cells >> nth=0")
    for _ in range(120):
        page.wait_for_timeout(1000)
        if page.evaluate(RUN) > 2 and not page.evaluate(WAITING):
            break


@pytest.mark.parametrize("book", BOOKS)
def test_run_all_leads_home_and_leaves_git_alone(address, page, book):
    before = status()
    run(page, f"{address}/{book}.ipynb?reset")
    assert page.evaluate(RUN) > 2 and not page.evaluate(WAITING)
    assert not page.query_selector_all(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']")
    assert not page.query_selector_all(ERRORS)
    assert page.evaluate(DEAD) == [] and page.evaluate(RAW) == []
    assert not page.query_selector_all("text=official Jupyter news")
    if book in ("en/0_models", "zh/2_practices"):
        link = page.query_selector_all(".jp-OutputArea a[href^='#o']")[-1]
        link.scroll_into_view_if_needed()
        link.click()
        page.wait_for_timeout(1500)
        assert 0 <= page.evaluate(TOP, link.get_attribute("href")[1:]) < 900
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    assert status() == before


def decisions():
    """(decision, practice, to) of each row of the table that the copies of `review` write."""
    with open(lab.FOLDER.with_suffix(".csv"), encoding="utf-8", newline="") as f:
        return [(row["decision"], row["practice"], row["to"]) for row in csv.DictReader(f)]


def test_keys_of_the_review_decide(address, page):
    """a, r and c with a code and Enter go into the table at once; n and b only turn, and the next coding is shown."""
    before, shown = len(decisions()), "mark >> nth=0"
    run(page, f"{address}/en/review.ipynb?reset")
    field = page.locator(".jp-OutputArea input[placeholder='a r c n b']")
    seen = [page.text_content("table >> nth=0")]
    for key, told in (("a", 1), ("n", 1), ("b", 1), ("r", 2)):
        field.click()
        page.keyboard.press(key)
        page.wait_for_timeout(1500)
        seen.append(page.text_content("table >> nth=0"))
        assert len(decisions()) == before + told and field.input_value() == "" and page.query_selector(shown)
    assert seen[1] == seen[3] and seen[2] == seen[4] and len(set(seen)) == 3
    field.click()
    page.keyboard.press("c")
    page.wait_for_timeout(1500)
    page.keyboard.type("data_hub")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    assert [row[0] for row in decisions()[before:]] == ["accept", "reject", "recode"]
    assert decisions()[-1][2] == "data_hub" and page.evaluate("document.activeElement.placeholder") == "a r c n b"
