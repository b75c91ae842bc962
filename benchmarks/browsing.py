"""One real browser beside the readers: does what they measure reach a page as they say?"""

import time

from playwright.sync_api import Browser, Page

from benchmarks.readers import WORDS, Read
from tests.model_server.moments import lags_ms

PATIENCE_MS = 120_000
BOX = '[data-testid="stChatInput"] textarea:enabled'
# Notes at each change of the page how many words the last message has; numbers of footnotes come after them.
NOTE = """most => {
  window.seen = []; window.words = [];
  const look = () => {
    const said = [...document.querySelectorAll('[data-testid="stChatMessage"]')].pop();
    const words = ((said && said.textContent.match(/\\b[0-9A-Z]{4}\\b/g)) || []).slice(0, most);
    if (words.length > window.words.length) {
      window.words = words;
      window.seen.push([Date.now() / 1000, words.length]);
    }
  };
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def arrive(browser: Browser, url: str) -> Page:
    """Somebody new in front of the page."""
    page = browser.new_context(viewport={"width": 1200, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    page.wait_for_selector(BOX)
    page.evaluate(NOTE, WORDS)
    return page


def ask(page: Page, question: str) -> Read:
    """Asks, and gives the answer as it grew in the browser's document."""
    page.fill(BOX, question)
    begin = time.time()
    page.press(BOX, "Enter")
    page.wait_for_function(f"window.words.length >= {WORDS}")
    arrivals = [(float(at), int(count)) for at, count in page.evaluate("window.seen")]
    words: list[str] = page.evaluate("window.words")
    return Read(1000 * (arrivals[0][0] - begin), 1000 * (arrivals[-1][0] - begin), lags_ms(arrivals, words))
