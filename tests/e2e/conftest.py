"""What the browser tests share: one browser and two apps for all of them, and a person for each."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e import lighthouse as lights
from tests.e2e.lighthouse import HANDBOOK, Lighthouse
from tests.e2e.person import Person
from tests.e2e.running import App, NoBrowser, launch
from tests.model_server import ModelServer

# Package scope, not session: Playwright holds an event loop in this thread, which tests of other folders cannot share.
for_all = pytest.fixture(scope="package")
SHARED = {"samples", "shared_lighthouse"}
HERE = Path(__file__).parent
apps_of_test: list[App] = []


class Visit(Protocol):
    def __call__(self, app: App, **options: Any) -> Person: ...


StartApp = Callable[..., App]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            shared = SHARED.intersection(getattr(item, "fixturenames", ()))
            if shared:  # with `--dist loadgroup`, one process has the one app and another the other
                item.add_marker(pytest.mark.xdist_group(*shared))


@for_all
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        try:
            launched = launch(playwright)
        except NoBrowser as reason:
            pytest.fail(str(reason), pytrace=False)
        yield launched
        launched.close()


@for_all
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app as the demo starts it: the sample documents and no model."""
    with App(tmp_path_factory.mktemp("samples")) as app:
        yield app


@for_all
def shared_lighthouse(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lighthouse]:
    with ModelServer() as model, App(tmp_path_factory.mktemp("lighthouse"), **lights.environment(model)) as app:
        keeper = Person.arrive(browser, app.url)
        keeper.open("/documents")
        keeper.upload(HANDBOOK)
        keeper.leave()
        app.wait_until_warm()
        yield Lighthouse(app, model)


@pytest.fixture
def lighthouse(shared_lighthouse: Lighthouse) -> Lighthouse:
    """The app with a model, which answers well and at once unless a test tells it something else."""
    shared_lighthouse.model.default = lights.answer()
    return shared_lighthouse


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A model of this test's own."""
    with ModelServer(lights.answer()) as server:
        yield server


@pytest.fixture
def start_app(tmp_path: Path) -> Iterator[StartApp]:
    """Starts an app of this test's own."""
    with ExitStack() as running:
        yield lambda **environment: running.enter_context(App(tmp_path / "app", **environment))


@pytest.fixture
def visit(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Somebody new, with cookies of their own. At the end, what their pages did is judged."""
    people: list[Person] = []

    def come(app: App, **options: Any) -> Person:
        apps_of_test.append(app)
        people.append(Person.arrive(browser, app.url, **options))
        return people[-1]

    yield come
    failed = getattr(request.node, "failed", False)
    for number, person in enumerate(people):
        if failed:
            person.page.screenshot(path=tmp_path / f"person-{number}.png")
        person.leave()
    apps_of_test.clear()
    problems = [problem for person in people for problem in person.watch.problems()]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure carries the end of the app's log."""
    report = yield
    if report.failed and report.when == "call":
        item.failed = True  # type: ignore[attr-defined]
        report.sections += [(f"log of the app at {app.url}", app.log()) for app in dict.fromkeys(apps_of_test)]
    return report
