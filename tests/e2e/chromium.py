"""Makes sure there is a Chromium for the browser tests: `python -m tests.e2e.chromium`, called by `make test`.

A browser that is there is used; else Debian's package is installed when we may, else Playwright's own.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tests.e2e.running import NoBrowser, browser_path


def main() -> int:
    """Says nothing when a browser is there; gives 1 with one sentence when none can be had."""
    for install in (None, _debian_package, _playwrights_own):
        if install is None or install():
            try:
                with sync_playwright() as playwright:
                    browser_path(playwright)
            except NoBrowser as missing:
                words = str(missing)
            else:
                return 0
    print(words, file=sys.stderr)
    return 1


def _debian_package() -> bool:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print("Installing Debian's chromium for the browser tests …", flush=True)
    return _runs("apt-get", "update", "-qq") and _runs("apt-get", "install", "-y", "-qq", "chromium")


def _playwrights_own() -> bool:
    print("Fetching Playwright's Chromium for the browser tests …", flush=True)
    return _runs(sys.executable, "-m", "playwright", "install", "chromium")


def _runs(*command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
