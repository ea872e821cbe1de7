"""Plays people who use Starchair in real browsers: play.py URL DATA-FOLDER ADMINISTRATOR-LINK."""

import email
import email.policy
import pathlib
import re
import signal
import sys
import tempfile
from dataclasses import dataclass

try:
    from tab import Browser, Failure, wait_until
except ModuleNotFoundError as error:
    sys.exit(f"{error}; the tests need: apt-get install python3-selenium chromium-driver")

CONFERENCE = "SHELLS"
TITLE = "On the spiral of shells"
PASSWORD = "correct horse"
ROLES = ["Member of the committee", "Chair"]


@dataclass
class Person:
    username: str
    fullname: str

    @property
    def address(self):
        return f"{self.username}@example.org"


CHIARA = Person("chiara", "Chiara Conti")
AMIR = Person("amir", "Amir Azad")


class Play:
    def __init__(self, url, data, link):
        self.url, self.link = url, link
        self.mail = pathlib.Path(data, "mail")
        self.browsers = []

    def steps(self):
        return [
            self.people_come, self.conference_opens, self.author_submits,
            self.tabs_hear_the_same, self.signing_out_ends_all_tabs, self.chinese_is_spoken,
        ]

    def enter(self, name):
        """The first tab of a browser of somebody's own."""
        self.browsers.append(Browser(name, self.url))
        return self.browsers[-1].tabs[0]

    # Steps

    def people_come(self):
        self.administrator = self.enter("administrator")
        self.administrator.open(self.link, "Administrator’s link")
        self.administrator.press("Sign in as administrator")
        self.administrator.wait_for_heading("Administration")
        self.administrator.wait_for("You are signed in as administrator.", "#notice")
        self.chair = self.enter("chair")
        self.register(self.chair, CHIARA)
        self.author = self.enter("author")
        self.register(self.author, AMIR)

    def conference_opens(self):
        self.chair.open("#/propose", "Propose a conference")
        self.chair.fill(
            shortenForm=CONFERENCE, fullName="Conference on Sea Shells", topics="Spirals\nSand",
            committeeSizeMinimum="0")
        self.chair.press("Propose a conference")
        self.chair.wait_for_heading("My conferences")
        self.chair.wait_for("Your conference is proposed.", "#notice")
        self.administrator.reload()
        self.administrator.press(f"Approve: {CONFERENCE}")
        self.administrator.wait_for(f"{CONFERENCE} is approved.", "#notice")
        self.chair.follow(CONFERENCE)
        self.chair.wait_for_heading(CONFERENCE)
        self.chair.press("Open submissions")
        self.chair.wait_for("Submissions are open.", "#notice")

    def author_submits(self):
        self.author.reload()
        self.author.follow(CONFERENCE)
        self.author.follow("Submit a paper")
        self.author.wait_for_heading(f"Submit to {CONFERENCE}")
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            file.write(empty_pdf())
            file.flush()
            self.author.fill(title=TITLE, summary="We study it.\nThoroughly.", file=file.name)
            self.author.press("Submit")
            self.author.wait_for_heading("My submissions")
        self.author.wait_for(f"“{TITLE}” is received as number 1.", "#notice")
        self.author.wait_for(f"#1 {TITLE}")
        self.author.wait_for("Download PDF")

    def tabs_hear_the_same(self):
        one, two = self.author, self.author.browser.new_tab()
        two.open("#/", "Conferences")
        for tab in (one, two):
            tab.wait_for_bell("1")  # the submission was received
            tab.reload()
            tab.wait_for_bell("1")
        first, second = [f"{CONFERENCE} invites you: {role}" for role in ROLES]
        self.invite(AMIR, ROLES[0])
        for tab in (one, two):
            tab.wait_for_heard([first])
            tab.wait_for_bell("2")
        two.reload()
        two.wait_for_bell("2")
        # The next one shows that those before it do not come again.
        self.invite(AMIR, ROLES[1])
        one.wait_for_heard([first, second])
        two.wait_for_heard([second])
        for tab in (one, two):
            tab.wait_for_bell("3")
        two.open("#/notifications", "Notifications")
        two.press("Mark these as read")
        for tab in (one, two):
            tab.wait_for_bell("")

    def signing_out_ends_all_tabs(self):
        one, two = self.author.browser.tabs
        two.press("Sign out")
        two.wait_for("You are signed out.", "#notice")
        one.wait_for("Your session has ended. Please sign in again.", "#notice")
        one.open("#/reviewing", "Sign in")

    def chinese_is_spoken(self):
        self.chair.press("中文")
        for place, heading in [
            ("#/", "会议"), ("#/submissions", "我的稿件"), ("#/reviewing", "我的评审"),
            ("#/chaired", "我主持的会议"), ("#/propose", "申请举办会议"), ("#/notifications", "通知"),
        ]:
            self.chair.open(place, heading)
            self.expect_chinese()
        self.chair.reload()
        self.expect_chinese()
        for tab, name in [(self.chair, "使用手册"), (self.administrator, "Manual")]:
            tab.follow(name)
            tab.wait_for(name, "h1")

    # What steps have in common

    def register(self, tab, person):
        """Opens an account, confirms the address by the letter's link, and signs in."""
        tab.open("#/register", "Open an account")
        tab.fill(
            fullname=person.fullname, email=person.address, username=person.username,
            password=PASSWORD)
        tab.press("Open an account")
        tab.wait_for_heading("Sign in")
        tab.wait_for(f"A letter is on its way to {person.address}", "#notice")
        tab.open(self.link_in_letter(person), "Confirm your address")
        tab.press("Confirm this address")
        tab.wait_for_heading("Sign in")
        tab.wait_for("Your address is confirmed.", "#notice")
        tab.fill(username=person.username, password=PASSWORD)
        tab.press("Sign in")
        tab.wait_for_heading("Conferences")
        tab.wait_for(person.fullname, "header")

    def link_in_letter(self, person):
        def link():
            for path in sorted(self.mail.glob("*.eml")):
                letter = email.message_from_bytes(
                    path.read_bytes(), policy=email.policy.default)
                found = re.search(r"http\S+#verify=\S+", letter.get_content())
                if person.address in letter["To"] and found:
                    return found[0]
        return wait_until(f"a letter to {person.address} in {self.mail}", link)

    def invite(self, person, role):
        self.chair.open("#/chaired", "My conferences")
        self.chair.follow(CONFERENCE)
        self.chair.follow("Committee")
        self.chair.wait_for_heading(f"Committee of {CONFERENCE}")
        self.chair.fill(email=person.address)
        self.chair.choose("As", role)
        self.chair.press("Send the invitation")
        self.chair.wait_for(f"An invitation is on its way to {person.address}.")

    def expect_chinese(self):
        language = self.chair.driver().execute_script("return document.documentElement.lang")
        words = wait_until("words of the page", lambda: self.chair.texts_of(
            "h1, nav a, header button, main button, main form label"))
        others = [word for word in words if not re.search(r"[\u4e00-\u9fff]", word)]
        if language != "zh-Hans" or others:
            raise Failure(f"the page is in {language} and says {others}")


def empty_pdf():
    """The bytes of a PDF of one empty page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
    ]
    file, places = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(file)
        file += b"%d 0 obj%s endobj\n" % (number, content)
    end = b"xref\n0 4\n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return file + end % (places, len(file))


def perform(play):
    """Plays step by step; returns what went wrong, or nothing."""
    for step in play.steps():
        print(step.__name__.replace("_", " "))
        try:
            step()
            for browser in play.browsers:
                for error in browser.errors():
                    raise Failure(f"in the browser of the {browser.name}: {error}")
        except Failure as failure:
            pages = [tab.report() for browser in play.browsers for tab in browser.tabs]
            return "\n\n".join([f"failed in this step: {failure}", *pages])
    return None


def main(arguments):
    # A test that gives up must not leave browsers behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    play = Play(*arguments)
    try:
        return perform(play)
    finally:
        for browser in play.browsers:
            browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
