"""A real Chromium, used as people use it: by headings, labels, links and buttons."""

import os
import re
import tempfile
import time

from selenium import webdriver
from selenium.common import exceptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

PATIENCE = 60  # seconds, for anything that is waited for
PAUSE = 0.05  # seconds between two looks
TEXT_LENGTH_MAXIMUM = 1500  # of a page, in the report of a failure

# What a page says of an element while it is drawn anew.
NOT_YET = (
    exceptions.NoSuchElementException, exceptions.StaleElementReferenceException,
    exceptions.ElementNotInteractableException, exceptions.ElementClickInterceptedException,
)

# Remembers every notification that comes into view, however soon it goes.
LISTENER = """
    window.heard = [];
    new MutationObserver((changes) => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
            if (!node.classList?.contains("news")) continue;
            window.heard.push(node.querySelector("a").textContent);
        }
    }).observe(document, { childList: true, subtree: true });
"""


class Failure(Exception):
    """The page is not as it must be."""


def wait_until(what, condition):
    """Returns what `condition` answers as soon as it answers something true."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answer = condition()
            if answer:
                return answer
        except NOT_YET:
            pass  # Looked at again below, until the deadline.
        if time.monotonic() > deadline:
            raise Failure(f"waited {PATIENCE} s in vain for {what}")
        time.sleep(PAUSE)


class Browser:
    """The browser of one person, with a profile of its own."""

    def __init__(self, name, url):
        self.name, self.url = name, url
        self.profile = tempfile.TemporaryDirectory(
            prefix="starchair-browser-", ignore_cleanup_errors=True)
        options = webdriver.ChromeOptions()
        options.add_argument("--headless=new")
        options.add_argument("--accept-lang=en-GB")
        options.add_argument(f"--user-data-dir={self.profile.name}")
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")
        options.ignore_local_proxy_environment_variables()
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.tabs = [Tab(self)]

    def new_tab(self):
        self.driver.switch_to.new_window("tab")
        self.tabs.append(Tab(self))
        return self.tabs[-1]

    def errors(self):
        """What went wrong in its pages since this was asked last; a request may be refused."""
        return [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] == "SEVERE"
            and not (entry["source"] == "network"
                     and re.search(r"status of 4\d\d", entry["message"]))
        ]

    def close(self):
        self.driver.quit()
        self.profile.cleanup()


class Tab:
    """A tab with the application in it."""

    def __init__(self, browser):
        self.browser = browser
        self.handle = browser.driver.current_window_handle
        browser.driver.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument", {"source": LISTENER})

    def driver(self):
        """The driver, with this tab before it."""
        self.browser.driver.switch_to.window(self.handle)
        return self.browser.driver

    def open(self, place, heading):
        """Goes to an address, or to a place of the application, and waits for its heading."""
        self.driver().get(place if place.startswith("http") else self.browser.url + "/" + place)
        self.wait_for_heading(heading)

    def reload(self):
        heading = self.text_of("h1")
        self.driver().refresh()
        self.wait_for_heading(heading)

    def wait_for_heading(self, heading):
        """Waits until a page is drawn that has the heading."""
        wait_until(f"the heading “{heading}”", lambda: self.text_of(
            "#main:not([aria-busy]) h1") == heading)

    def wait_for(self, words, place="main"):
        """Waits until the words stand in a place, which is an element of the page."""
        wait_until(f"“{words}” in {place}", lambda: words in self.text_of(place))

    def wait_for_bell(self, count):
        """Waits until the bell has a number; it has none when all is read."""
        wait_until(f"the bell's number “{count}”", lambda: self.text_of(
            ".bell .count") == count)

    def wait_for_heard(self, expected):
        """Waits for the last of the notifications, and holds all against those expected."""
        def heard():
            return self.driver().execute_script("return window.heard")
        wait_until(f"the notification “{expected[-1]}”", lambda: expected[-1] in heard())
        if heard() != expected:
            raise Failure(f"the tab showed the notifications {heard()} and not {expected}")

    def press(self, name):
        wait_until(f"the button “{name}”", lambda: self._click(
            f"//button[normalize-space()='{name}' or @aria-label='{name}']"))

    def follow(self, name):
        wait_until(f"the link “{name}”", lambda: self._click(f"//a[normalize-space()='{name}']"))

    def fill(self, **values):
        """Types into fields, which are named as the API names them."""
        for name, value in values.items():
            wait_until(f"the field {name}", lambda: self._type(name, value))

    def choose(self, label, choice):
        """Makes a choice among those of a label."""
        wait_until(f"{label}: {choice}", lambda: self._choose(label, choice))

    def text_of(self, selector):
        """What can be read in an element."""
        return self.driver().find_element(By.CSS_SELECTOR, selector).text

    def texts_of(self, selector):
        """What can be read in each of the elements."""
        return [
            element.text for element in self.driver().find_elements(By.CSS_SELECTOR, selector)
            if element.is_displayed()
        ]

    def report(self):
        """What a person sees in it."""
        driver = self.driver()
        text = driver.find_element(By.TAG_NAME, "body").text
        return f"{self.browser.name}, {driver.current_url}:\n{text[:TEXT_LENGTH_MAXIMUM]}"

    def _click(self, path):
        self.driver().find_element(By.XPATH, path).click()
        return True

    def _choose(self, label, choice):
        path = f"//select[@id=//label[normalize-space()='{label}']/@for]"
        Select(self.driver().find_element(By.XPATH, path)).select_by_visible_text(choice)
        return True

    def _type(self, name, value):
        field = self.driver().find_element(By.CSS_SELECTOR, f"main [name='{name}']")
        if field.get_attribute("type") != "file":
            field.clear()
        field.send_keys(value)
        return True
