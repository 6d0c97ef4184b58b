"""The editor of a section for people who never heard of Markdown: paste, undo, preview, two tabs."""

import pytest
from playwright.sync_api import Page, expect

from tests.house import wait_for
from tests.journeys.test_writing_together import Desk, desk, open_editor, put_caret_after

__all__ = ["desk"]

pytestmark = pytest.mark.browser

START = "Fourteen agents answer e-mails. We meet at nine. The rest stays."
PASTE = """(area, [html, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style></head><body>
<!--StartFragment--><h1>Data</h1>
<p class=MsoNormal>The <b>handbook</b> has&nbsp;<i>140</i> pages, see <a href="https://norrwater.example/a(b)">the list</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>Tickets of 2025</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Only
closed ones</p>
<table class=MsoTable><tr><td><p><b>Source</b></p></td><td><p>Owner</p></td></tr><tr><td><p>A|B</p></td><td><p>Tomas</p></td></tr></table>
<!--EndFragment--></body></html>"""
AS_MARKDOWN = """# Data

The **handbook** has *140* pages, see [the list](https://norrwater.example/a%28b%29).

- Tickets of 2025
   1. Only closed ones

| **Source** | Owner |
| --- | --- |
| A\\|B | Tomas |"""
WEB = """<meta charset='utf-8'><b style="font-weight:normal" id="docs-internal-guid-1"><h2>Plan</h2>
<p><span style="font-weight:700">Start</span><span> in *May*, 1 &lt; 2.</span><br>Then go on.</p>
<ol><li><p>One</p><ul><li>deeper</li></ul></li><li>Two</li></ol><blockquote><p>Said so.</p></blockquote></b>"""
WEB_MARKDOWN = """## Plan

**Start** in \\*May\\*, 1 < 2.  \nThen go on.

1. One
   - deeper
2. Two

> Said so."""


def paste(field, html: str, plain: str = "plain") -> None:
    field.evaluate(PASTE, [html, plain])


def editor_of(page: Page):
    field = open_editor(page)
    field.fill("")
    return field


def test_words_from_word_and_the_web_keep_their_shape(desk: Desk) -> None:
    maja = desk.maja()
    field = editor_of(maja)

    paste(field, WORD)
    expect(field).to_have_value(AS_MARKDOWN)
    field.fill("")
    paste(field, WEB)
    expect(field).to_have_value(WEB_MARKDOWN)
    field.fill("")
    paste(field, "<div><span>**not** touched</span></div>", "**not** touched")
    expect(field).to_have_value("")  # the browser itself pastes what has no shape: nothing was prevented
    paste(field, "", "•\tone\r\n•\ttwo")
    expect(field).to_have_value("- one\n- two")


def test_undo_takes_back_own_words_only(desk: Desk) -> None:
    maja, priya = desk.maja(), desk.priya()
    mine, hers = open_editor(maja), open_editor(priya)

    put_caret_after(mine, "Fourteen")
    mine.press_sequentially(" busy")
    expect(hers).to_have_value(START.replace("Fourteen", "Fourteen busy"))
    put_caret_after(hers, "The rest stays.")
    hers.press_sequentially(" And more.")
    expect(mine).to_have_value(START.replace("Fourteen", "Fourteen busy") + " And more.")

    mine.press("Control+z")
    expect(mine).to_have_value(f"{START} And more.")
    expect(hers).to_have_value(f"{START} And more.")
    mine.press("Control+y")
    expect(hers).to_have_value(START.replace("Fourteen", "Fourteen busy") + " And more.")


def test_undo_reaches_back_through_tools_and_pasting(desk: Desk) -> None:
    field = editor_of(desk.maja())

    field.press_sequentially("one")
    field.press("Control+a")
    field.press("Control+b")
    expect(field).to_have_value("**one**")
    field.press("End")
    paste(field, "<ul><li>two</li></ul>")
    expect(field).to_have_value("**one**\n\n- two")
    field.press("Enter")
    expect(field).to_have_value("**one**\n\n- two\n- ")

    for expected in ("**one**\n\n- two", "**one**", "one", "", START):
        field.press("Control+z")
        expect(field).to_have_value(expected)


def test_the_preview_shows_what_readers_will_see(desk: Desk, look) -> None:
    maja = desk.maja()
    field = open_editor(maja)

    maja.get_by_role("button", name="Preview").click()
    pane = maja.get_by_role("region", name="Preview")
    expect(pane).to_contain_text("We meet at nine.")
    field.press("Control+End")
    field.press_sequentially("\n\n- a list")
    expect(pane.locator("li")).to_have_text("a list")
    look(maja)


def test_two_tabs_of_one_person_keep_two_drafts(desk: Desk) -> None:
    one = desk.maja()
    two = one.context.new_page()
    two.goto(desk.house.base + desk.document)
    first, second = open_editor(one), open_editor(two)

    one.context.set_offline(True)
    put_caret_after(first, "Fourteen")
    first.press_sequentially(" busy")
    second.press("Control+End")
    second.press_sequentially(" From the other tab.")
    expect(one.locator("#text-purpose .saved")).to_contain_text("Kept on this device")
    expect(two.locator("#text-purpose .saved")).to_contain_text("Kept on this device")
    again = one.context.new_page()
    one.close()
    two.close()
    again.context.set_offline(False)
    again.goto(desk.house.base + desk.document)

    both = START.replace("Fourteen", "Fourteen busy") + " From the other tab."
    expect(again.locator("#text-purpose textarea[name=text]")).to_have_value(both)
    wait_for(lambda: "draft" not in again.evaluate("Object.keys(localStorage).join()"), "both drafts to be given up")
    again.reload()
    expect(again.locator("#text-purpose")).to_contain_text(both)


def test_a_reload_without_a_network_brings_the_words_back(desk: Desk) -> None:
    maja = desk.maja()
    field = open_editor(maja)
    maja.route("**/save/", lambda route: route.abort())
    field.press("Control+End")
    field.press_sequentially(" Typed in a tunnel.")
    expect(maja.locator("#text-purpose .saved")).to_contain_text("Kept on this device")
    maja.reload()
    expect(maja.locator("#text-purpose textarea[name=text]")).to_have_value(f"{START} Typed in a tunnel.")

    maja.unroute("**/save/")
    maja.locator("#text-purpose textarea[name=text]").press_sequentially(" And out again.")
    expect(maja.locator("#text-purpose .saved")).to_contain_text("Saved")
