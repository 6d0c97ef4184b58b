"""HTML in, archivable and accessible PDF out. Nothing else in the product knows WeasyPrint.

The file claims PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) and its bytes are a function of
the input: no clock, no random number, no address goes in.
"""

import json
import logging
import os
import re
import sys
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from apps.core.errors import DomainError
from apps.exports import child

FONTS = Path(__file__).parent / "fonts"
FONT_ENVIRONMENT = {"FONTCONFIG_FILE": str(FONTS / "fonts.conf")}
ASSET = "asset:"
# Stands on the page for a letter that no font has. The attached data keeps the letter.
BOX = "\N{WHITE SQUARE}"
# The claim of PDF/UA-1 and the schema that PDF/A wants for every property it does not know itself.
UA_CLAIM = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class PangoMissing(DomainError):
    """The system's text libraries are not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This server cannot make PDFs yet: Pango is not installed. On Debian or Ubuntu: "
                "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
            )
        )


class PdfWarning(DomainError):
    """WeasyPrint left something out or guessed. A document that people sign has neither."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF; `at` is in UTC, so that equal input gives equal bytes."""

    name: str
    description: str
    content: bytes
    at: datetime
    relationship: str = "Source"


def render_in_child(
    html: str,
    *,
    assets: Mapping[str, bytes],
    attachments: Sequence[Attached],
    identifier: bytes,
    limits: child.Limits | None = None,
) -> bytes:
    """`render_pdf` in a process with limits on memory, processor and clock; `ChildFailed` says which sentence it left."""
    order = {
        "html": html,
        "assets": {name: b64encode(content).decode() for name, content in assets.items()},
        "attachments": [
            [a.name, a.description, b64encode(a.content).decode(), a.at.isoformat(), a.relationship]
            for a in attachments
        ],
        "identifier": identifier.hex(),
    }
    pdf = child.run(
        "apps.exports.pdf", json.dumps(order).encode(), limits=limits or child.Limits(), environment=FONT_ENVIRONMENT
    )
    if not pdf.startswith(b"%PDF-"):
        raise child.ChildFailed(_("The document could not be made: the process ended early."))
    return pdf


def render_pdf(html: str, *, assets: Mapping[str, bytes], attachments: Sequence[Attached], identifier: bytes) -> bytes:
    """The PDF of `html`.

    `assets` are the only things it may load, as `asset:name`; `data:` works too; everything else ends
    the rendering. A letter that no font has becomes a box, a control character nothing. Raises `PdfWarning`
    when anything else was ignored, dropped or guessed, `PangoMissing` when the system's libraries are not there.
    """
    given: dict[str, Any] = {"assets": assets, "attachments": attachments, "identifier": identifier}
    pdf, heard = _drawn(html, **given)
    if heard.undrawn:
        pdf, heard = _drawn(html.translate({letter: _instead(letter) for letter in heard.undrawn}), **given)
    if heard.warnings:
        raise PdfWarning("; ".join(heard.warnings[:5]))
    return pdf


def _drawn(
    html: str, *, assets: Mapping[str, bytes], attachments: Sequence[Attached], identifier: bytes
) -> tuple[bytes, "_Listener"]:
    weasyprint = _weasyprint()
    heard = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(heard)
    try:
        fetcher = _fetcher(weasyprint, assets)
        pdf = weasyprint.HTML(string=html, base_url=ASSET, url_fetcher=fetcher).write_pdf(
            finisher=_finish,
            pdf_variant="pdf/a-3a",
            pdf_identifier=identifier,
            attachments=[
                weasyprint.Attachment(
                    file_obj=BytesIO(a.content),
                    name=a.name,
                    description=a.description,
                    created=a.at,
                    modified=a.at,
                    relationship=a.relationship,
                )
                for a in attachments
            ],
        )
    finally:
        logger.removeHandler(heard)
    return pdf, heard


def _instead(letter: int) -> str:
    """What is drawn for a letter that no font has; word processors leave vertical tabs for line breaks."""
    if chr(letter) in "\v\f\x85":
        return " "
    return "" if unicodedata.category(chr(letter))[0] in "CM" and not 0xE000 <= letter <= 0xF8FF else BOX


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.undrawn: set[int] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())
        if str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
            self.undrawn.add(int(str(record.args[-1])))


def _weasyprint() -> Any:
    """The one import; it loads Pango, so it fails here and not when the product starts."""
    try:
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        raise PangoMissing from error
    return weasyprint


def _fetcher(weasyprint: Any, assets: Mapping[str, bytes]) -> Any:
    urls = weasyprint.urls

    class Named(urls.URLFetcher):  # type: ignore[name-defined]
        """Serves what was given by name, and data: URLs. Anything else stops the rendering."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            name = url.removeprefix(ASSET).lstrip("/")
            if not url.startswith(ASSET) or name not in assets:
                # A BaseException: WeasyPrint would swallow any other and draw the page without it.
                raise urls.FatalURLFetchingError(f"The document asks for {url}")
            return urls.URLFetcherResponse(url, assets[name], {"Content-Type": _kind(name)})

    return Named(allowed_protocols=["data"], allow_redirects=False)


def _kind(name: str) -> str:
    return {"css": "text/css", "svg": "image/svg+xml", "png": "image/png"}.get(
        name.rsplit(".", 1)[-1], "application/octet-stream"
    )


def _finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint leaves open for PDF/A-3a and PDF/UA-1 in one file."""
    _claim_ua(pdf)
    _describe_links(pdf)
    catalog = pdf.catalog
    if "AF" in catalog:
        catalog["AF"][:] = list(dict.fromkeys(catalog["AF"]))


def _claim_ua(pdf: Any) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    xmp = metadata.stream[0]
    metadata.stream[0] = xmp.replace(b"</rdf:RDF>", UA_CLAIM.encode() + b"</rdf:RDF>")


def _describe_links(pdf: Any) -> None:
    """ISO 14289-1, 7.18.5: every link says in words where it goes."""
    import pydyf  # noqa: PLC0415

    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("Subtype") == "/Link" and "Contents" not in thing:
            target = thing["A"].get("URI") if "A" in thing else thing.get("Dest")
            words = getattr(target, "string", "") if target is not None else ""
            thing["Contents"] = pydyf.String(escape(str(words)) or "Link")


def _object(pdf: Any, reference: Any) -> Any:
    number = re.match(rb"(\d+)", bytes(reference)).group(1)  # type: ignore[union-attr]
    return pdf.objects[int(number)]


def main() -> None:
    """The child: order on standard input, PDF on standard output."""
    child.obey()
    order = json.load(sys.stdin)
    try:
        pdf = render_pdf(
            order["html"],
            assets={name: b64decode(content) for name, content in order["assets"].items()},
            attachments=[
                Attached(name, description, b64decode(content), datetime.fromisoformat(at), relationship)
                for name, description, content, at, relationship in order["attachments"]
            ],
            identifier=bytes.fromhex(order["identifier"]),
        )
    except DomainError as refusal:
        child.give_up(str(refusal))
    except MemoryError:
        child.give_up("The document is too large for this server's memory limit.")
    else:
        sys.stdout.buffer.write(pdf)
        sys.stdout.buffer.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
