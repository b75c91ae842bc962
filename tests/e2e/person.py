"""Somebody in front of a browser tab. What is on the page is found by widget keys and roles, seldom by words."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.e2e.watching import Watch

UP, DOWN = 0, 1
PATIENCE_MS = 60_000  # two busy cores, and parts of the app may still be loading


class Person:
    """One tab of a browser. `open` a page in it first."""

    def __init__(self, page: Page, url: str, watch: Watch) -> None:
        self.page = page
        self.watch = watch
        self._url = url

    @classmethod
    def arrive(cls, browser: Browser, url: str, **options: Any) -> Self:
        """Somebody new, with cookies of their own; `options` are those of a browser context."""
        context = browser.new_context(**({"viewport": {"width": 1200, "height": 800}} | options))
        watch = Watch(context)
        return cls(context.new_page(), url, watch)

    def second_tab(self) -> Self:
        """The same person in another tab."""
        return type(self)(self.page.context.new_page(), self._url, self.watch)

    def leave(self) -> None:
        """Closes all tabs."""
        self.page.context.close()

    # finding

    def keyed(self, key: str) -> Locator:
        """The widget or container with this key."""
        return self.page.locator(f".st-key-{key}")

    def all_keyed(self, prefix: str) -> Locator:
        """The widgets whose key is this and an id."""
        return self.page.locator(f'[class*="st-key-{prefix}-"]')

    @property
    def answers(self) -> Locator:
        return self.all_keyed("answer")

    @property
    def question_box(self) -> Locator:
        return self.keyed("question").get_by_role("textbox")

    @property
    def stop_button(self) -> Locator:
        return self.keyed("stop").get_by_role("button")

    @property
    def notices(self) -> Locator:
        return self.page.get_by_test_id("stAlert")

    @property
    def source(self) -> Locator:
        """The open source dialog."""
        return self.page.get_by_role("dialog").filter(has=self.page.locator('[class*="st-key-source-view-"]'))

    @property
    def conversation_id(self) -> str | None:
        return next(iter(parse_qs(urlsplit(self.page.url).query).get("c", [])), None)

    # doing

    def open(self, path: str = "/") -> None:
        """Goes to a page of the app and waits until its script has run once."""
        self.page.goto(self._url + path)
        self.settle()

    def reload(self) -> None:
        self.page.reload()
        expect(self.page.get_by_test_id("stMainBlockContainer")).to_be_visible(timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Waits until the page's script has ended; not while an answer is being written."""
        state = self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
        expect(state).to_be_visible(timeout=PATIENCE_MS)

    def turn_to(self, path: str) -> None:
        """Follows a link of the navigation."""
        self.page.get_by_test_id("stSidebarNav").locator(f'a[href$="{path}"]').click()

    def ask(self, question: str) -> None:
        self.question_box.fill(question)
        self.question_box.press("Enter")
        said = self.page.get_by_test_id("stChatMessage").filter(has_text=question)
        expect(said.last).to_be_visible(timeout=PATIENCE_MS)

    def wait_for_answer(self, containing: str | re.Pattern[str] = "") -> Locator:
        """The last answer, once it is finished and has these words."""
        answer = self.answers.last
        expect(answer.locator('[class*="st-key-rate-"]')).to_be_visible(timeout=PATIENCE_MS)
        expect(answer).to_contain_text(containing)
        return answer

    def ask_again(self, answer: Locator) -> None:
        """Clicks `Ask again` or `Try again` under an answer."""
        answer.locator('[class*="st-key-again-"]').get_by_role("button").click()

    def thumb(self, answer: Locator, which: int) -> Locator:
        return answer.locator('[class*="st-key-rate-"]').get_by_role("radio").nth(which)

    def open_footnote(self, answer: Locator, number: int = 1) -> Locator:
        """Opens a footnote and gives its highlighted words."""
        answer.locator('[class*="st-key-source-"]').get_by_role("button").nth(number - 1).click()
        expect(self.source).to_be_visible(timeout=PATIENCE_MS)
        return self.source.locator("mark")

    def close_source(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def upload(self, *files: Path | FilePayload) -> None:
        """Adds files on the Documents page and waits until each can be searched."""
        chosen = _chosen(files)
        self.keyed("upload").locator("input[type=file]").last.set_input_files(chosen)
        for file in chosen:
            row = self.all_keyed("document").filter(has_text=file["name"])
            expect(row).to_have_count(1, timeout=PATIENCE_MS)


def answer_id(answer: Locator) -> int:
    """The id an answer has in the database."""
    found = re.search(r"st-key-answer-(\d+)", answer.get_attribute("class") or "")
    assert found, "an answer's container carries its id in its key"
    return int(found[1])


def text_file(name: str, text: str) -> FilePayload:
    """A file to upload that stands on no disk."""
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def _chosen(files: Sequence[Path | FilePayload]) -> list[FilePayload]:
    return [
        {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.read_bytes()}
        if isinstance(file, Path)
        else file
        for file in files
    ]
