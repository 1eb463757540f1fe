"""A real browser for tests of pages: Chromium, headless, driven by Playwright; absent, its tests are skipped."""

import shutil
from contextlib import contextmanager

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The machine of a test may run as root and has no network: nothing but the page is asked for.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium():
    """A browser of the system's own, never one that Playwright would have to fetch."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright, which drives the browser, is not installed"
    )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Faults(list):
    """What must not happen on a page: errors, warnings, dialogs, and requests for anything beside the page itself."""

    def watch(self, page):
        page.on("console", lambda message: self.append(f"console: {message.type} {message.text}"))
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.append(f"request: {request.url}") if leaves(request.url) else None)
        return page


def leaves(url):
    return not url.startswith(("file:", "data:", "about:"))
