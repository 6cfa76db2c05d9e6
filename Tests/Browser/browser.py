"""A Chromium that reports what a page must never do, for tests of the dashboard."""

import os
import pathlib
import unittest

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / ".build" / "screenshots"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
WATCH_POLICY = """
document.addEventListener('securitypolicyviolation', (event) => console.error('policy: ' + event.violatedDirective));
"""


class BrowserTest(unittest.TestCase):
    """One browser a class, one context a test. Errors, policy violations and foreign requests fail it."""

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.browser = cls.playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        cls.addClassCleanup(cls.browser.close)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def setUp(self):
        self.complaints, self.expected = [], []
        self.addCleanup(lambda: self.assertEqual(self.unexpected(), []))

    def unexpected(self):
        return [text for text in self.complaints if not any(known in text for known in self.expected)]

    def open(self, url, path="", viewport=DESKTOP, **options):
        """A new page at `path` of the dashboard at `url`, once it has shown its heading."""
        context = self.browser.new_context(viewport=viewport, locale="en-GB", timezone_id="Europe/Berlin", **options)
        self.addCleanup(context.close)
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text)
        )
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on(
            "request",
            lambda request: request.url.startswith((url, "data:")) or self.complaints.append(f"foreign: {request.url}"),
        )
        page.goto(f"{url}#/{path}")
        page.locator("h1").first.wait_for()
        return page

    def shoot(self, page, name):
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def assert_no_horizontal_scroll(self, page, what):
        widest = page.evaluate("""() => {
            const limit = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= limit) return [];
            const wide = [...document.querySelectorAll('body *')].filter(
                (e) => e.getBoundingClientRect().right > limit + 0.5 && !e.closest('.unseen, .skip, pre'));
            return ['', ...wide.map((e) => e.outerHTML.slice(0, 120))].slice(0, 6);
        }""")
        self.assertEqual(widest, [], f"{what} scrolls sideways")
