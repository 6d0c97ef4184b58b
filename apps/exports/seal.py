"""The installation's seal on a PDF, and the check of one. Nothing else in the product knows pyHanko.

The seal is an organisation's, not a person's: one EC P-256 key, PAdES B-B, a certification signature
that allows no later change (DocMDP 1), in an invisible field on the first page. It shows that the file
came from this installation and is unchanged; who signed is content.

Only the folder's owner can read the keys. `rotate` keeps old certificates, so old files stay genuine.
"""

import json
import logging
import os
import secrets
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from apps.exports import child

FIELD = "Seal"
SNAPSHOT = "scope.json"
LARGEST = 40 * 1024 * 1024  # bytes
YEARS_VALID = 30
VERIFY_LIMITS = child.Limits(memory=768 * 1024**2, cpu=10, wall=20)
KEY, CERTIFICATE, TRUSTED = "seal.key", "seal.crt", "trusted"

GENUINE, CHANGED, FOREIGN, UNSEALED = "genuine", "changed", "foreign", "unsealed"
NOT_A_PDF, TOO_LARGE, ENCRYPTED, BROKEN = "not_a_pdf", "too_large", "encrypted", "broken"
TOO_COSTLY = "too_costly"


@dataclass(frozen=True)
class Verdict:
    """What a file turned out to be.

    `state` is one of the constants above. `fingerprint` is computed afresh from the attached snapshot
    and, with `sealed_at` (ISO 8601, the server's own clock), only given for a genuine file.
    """

    state: str
    fingerprint: str = ""
    sealed_at: str = ""
    sealed_by: str = ""
    certificate: str = ""
    snapshot: dict[str, Any] | None = None

    @property
    def genuine(self) -> bool:
        return self.state == GENUINE


def seal(pdf: bytes, *, folder: Path, organisation: str) -> bytes:
    """`pdf` with the installation's seal appended; the key is made on first use in `folder`."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415

    ensure_key(folder, organisation=organisation)
    signer = signers.SimpleSigner.load(str(folder / KEY), str(folder / CERTIFICATE))
    if signer is None:
        raise RuntimeError(f"The seal's key in {folder} cannot be read.")
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=organisation,
        reason="Sealed by the server: came from here, unchanged since",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    place = fields.SigFieldSpec(FIELD, on_page=0, box=None)
    out = BytesIO()
    signers.PdfSigner(about, signer=signer, new_field_spec=place).sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf)), output=out
    )
    return out.getvalue()


def verify(pdf: bytes, *, folder: Path) -> Verdict:
    """What `pdf` is, found out in a child with limits: the file comes from anywhere."""
    if len(pdf) > LARGEST:
        return Verdict(TOO_LARGE)
    if not pdf.startswith(b"%PDF-"):
        return Verdict(NOT_A_PDF)
    try:
        answer = child.run("apps.exports.seal", pdf, str(folder), limits=VERIFY_LIMITS)
    except child.ChildFailed:
        # Its time ran out, or it was killed at a limit: nothing else makes it fail.
        return Verdict(TOO_COSTLY)
    return Verdict(**json.loads(answer))


def inspect(pdf: bytes, *, folder: Path) -> Verdict:
    """The check itself. Genuine: sealed with one of our certificates, as a whole file, and nothing was added.

    Readers that only ask whether the signature is intact call a file with a page drawn over it valid;
    so coverage of the whole file and the DocMDP rule are asked for as well.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            return Verdict(ENCRYPTED)
        signatures = reader.embedded_signatures
        if not signatures:
            return Verdict(UNSEALED)
        return _judge(reader, signatures, folder)
    except MemoryError:
        return Verdict(TOO_COSTLY)
    except Exception:
        return Verdict(BROKEN)


def _judge(reader: Any, signatures: list[Any], folder: Path) -> Verdict:
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.validation import errors, validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    ours = certificates(folder)
    by = signatures[0].signer_cert
    if by.dump() not in {certificate.dump() for certificate in ours}:
        return Verdict(FOREIGN, sealed_by=by.subject.human_friendly)
    try:
        status = validate_pdf_signature(signatures[0], signer_validation_context=_context(ours))
    except (errors.SignatureValidationError, SigningError):
        return Verdict(CHANGED)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    if len(signatures) != 1 or not (status.bottom_line and whole and status.docmdp_ok):
        return Verdict(CHANGED)
    content = _attached(reader)
    return Verdict(
        GENUINE,
        fingerprint=sha256(content).hexdigest() if content else "",
        sealed_at=signatures[0].self_reported_timestamp.isoformat(),
        sealed_by=by.subject.human_friendly,
        certificate=by.sha256.hex(),
        snapshot=_summary(content),
    )


def _attached(reader: Any) -> bytes | None:
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    files = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    return files[SNAPSHOT]["/EF"]["/F"].data if SNAPSHOT in files else None


def _summary(content: bytes | None) -> dict[str, Any]:
    """The few facts of the snapshot that the verify page shows."""
    whole = json.loads(content) if content else {}
    return {"project": whole.get("project", {}).get("title", ""), "number": whole.get("number", 0)}


def certificates(folder: Path) -> list[Any]:
    """Every certificate this installation ever sealed with, newest last."""
    from pyhanko.keys import load_cert_from_pemder  # noqa: PLC0415

    return [load_cert_from_pemder(str(path)) for path in sorted((folder / TRUSTED).glob("*.crt"))]


def _context(ours: list[Any]) -> Any:
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    return ValidationContext(trust_roots=ours, allow_fetching=False)


def ensure_key(folder: Path, *, organisation: str) -> None:
    """Make key and certificate unless they are there; of several processes that try at once one wins."""
    if (folder / KEY).exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.parent / f".{folder.name}-{secrets.token_hex(6)}"
    (fresh / TRUSTED).mkdir(parents=True, mode=0o700)
    fresh.chmod(0o700)
    _write_pair(fresh, organisation)
    # Renaming onto a folder that has something in it fails: somebody else was first.
    with suppress(OSError):
        fresh.rename(folder)
    shutil.rmtree(fresh, ignore_errors=True)


def rotate(folder: Path, *, organisation: str) -> None:
    """A new key for files to come; the old certificate stays trusted, the old key is gone."""
    ensure_key(folder, organisation=organisation)
    _write_pair(folder, organisation)


def _write_pair(folder: Path, organisation: str) -> None:
    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC).replace(microsecond=0)
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation[:60]),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, f"Scoperoom seal {now:%Y-%m-%d}"),
        ]
    )
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS_VALID))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = certificate.public_bytes(pem)
    # The certificate is trusted before anything is sealed with it.
    _write(folder / TRUSTED / f"{now:%Y%m%dT%H%M%S}-{certificate.serial_number:x}.crt", public)
    _write(folder / CERTIFICATE, public)
    _write(folder / KEY, secret)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def main() -> None:
    """The child: a PDF on standard input, the verdict as JSON on standard output."""
    child.obey()
    logging.disable(logging.CRITICAL)
    os.nice(10)  # anyone may ask: pages go first
    verdict = inspect(sys.stdin.buffer.read(), folder=Path(sys.argv[1]))
    sys.stdout.write(json.dumps(asdict(verdict)))


if __name__ == "__main__":
    main()
