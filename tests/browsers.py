"""A real browser for tests of pages: Chromium, headless, driven by Playwright; absent, its tests are skipped."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

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
# What a page may ask for without the network.
AT_HOME = ("file:", "data:", "about:")


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser of the system's own, never one that Playwright would have to fetch."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright, which drives the browser, is missing")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Faults(list[str]):
    """What must not happen on a page: console messages, errors, dialogs, and requests for anything but the page."""

    def watch(self, page: "Page") -> "Page":
        page.on("console", lambda message: self.append(f"console: {message.type} {message.text}"))
        page.on("pageerror", lambda error: self.append(f"error: {error}"))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: None if request.url.startswith(AT_HOME) else self.append(request.url))
        return page

    def _dismiss(self, dialog: "Dialog") -> None:
        self.append(f"dialog: {dialog.message}")
        dialog.dismiss()
