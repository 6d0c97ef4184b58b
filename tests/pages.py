"""Looking at pages as a browser would: parse, apply what htmx answered, read the text."""

from copy import copy

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def soup(response: HttpResponse) -> BeautifulSoup:
    """The answer as htmx sees it: what a template carries to another place of the page stands there openly."""
    found = BeautifulSoup(response.content, "html.parser")
    carriers = [each for each in found.find_all("template") if each.find(attrs={"hx-swap-oob": True})]
    for each in carriers:
        each.unwrap()
    return BeautifulSoup(str(found), "html.parser") if carriers else found


def swap(page: BeautifulSoup, answer: HttpResponse, *, via: str) -> BeautifulSoup:
    """Apply an htmx answer to `page` the way the element found by the selector `via` would have."""
    source = page.select_one(via)
    assert source is not None, f"nothing matches {via}"
    fragment = soup(answer)
    for part in fragment.select("[hx-swap-oob]"):
        del part["hx-swap-oob"]
        _one(page, f"[id='{part['id']}']").replace_with(part.extract())
    how = answer.get("HX-Reswap") or str(source.get("hx-swap", "innerHTML")).split()[0]
    where = answer.get("HX-Retarget") or str(source.get("hx-target", "this"))
    target = source if where == "this" else _target(page, source, where)
    if how == "outerHTML":
        target.replace_with(fragment)
    elif how == "beforeend":
        target.append(fragment)
    else:
        target.clear()
        target.append(fragment)
    return BeautifulSoup(str(page), "html.parser")


def text(page: BeautifulSoup) -> str:
    """The words of the page's main part, tokens of forms left out, and what can be undone for a while."""
    main = copy(page.select_one("main") or page)
    for bar in main.select("[data-passing]"):
        bar.decompose()
    return " ".join(main.get_text(" ").split())


def _target(page: BeautifulSoup, source: Tag, where: str) -> Tag:
    if where.startswith("closest "):
        found = source.find_parent(where.removeprefix("closest "))
        assert isinstance(found, Tag)
        return found
    return _one(page, where)


def _one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, f"nothing matches {selector}"
    return found
