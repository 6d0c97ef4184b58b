"""Looking at pages as a browser would: parse, apply what htmx answered, read the text."""

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse


def soup(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def swap(page: BeautifulSoup, answer: HttpResponse, *, via: str) -> BeautifulSoup:
    """Apply an htmx answer to `page` the way the element found by the selector `via` would have."""
    source = page.select_one(via)
    assert source is not None, f"nothing matches {via}"
    fragment = BeautifulSoup(answer.content, "html.parser")
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
    """The words of the page's main part, tokens of forms left out."""
    main = page.select_one("main") or page
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
