"""Packages of the operating system: found, installed when we may, else named with the command to type."""

import ctypes
import os
import shutil
import subprocess

from config.starter import say

PANGO = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PANGO_FILES = ["libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def has_pango() -> bool:
    """Whether the libraries that draw PDFs can be loaded."""
    try:
        for name in PANGO_FILES:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def browser() -> str | None:
    """The path of the system's Chromium."""
    named = os.environ.get("SCOPEROOM_CHROMIUM")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def ensure_pango() -> None:
    """Install the PDF libraries when we may; else say the command and go on."""
    if not has_pango() and not apt_install(PANGO, "drawing PDFs"):
        say.warn(f"PDF export needs system libraries: type  {command(PANGO)}")


def ensure_test_tools() -> list[str]:
    """Install what the browser and PDF tests need; returns what could not be had."""
    wanted = [] if browser() else ["chromium"]
    wanted += [] if shutil.which("pdfsig") and shutil.which("pdftotext") else ["poppler-utils"]
    wanted += [] if has_pango() else PANGO
    if wanted and not apt_install(wanted, "the tests"):
        say.warn(f"Tests that need a browser or PDF tools are skipped: type  {command(wanted)}")
        return wanted
    return []


def command(packages: list[str]) -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y --no-install-recommends {' '.join(packages)}"


def apt_install(packages: list[str], purpose: str) -> bool:
    """Install Debian packages when we are root on a Debian; whether it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say.phase(f"Installing system packages for {purpose}: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    first = subprocess.run(install, env=environment, capture_output=True, check=False)
    if first.returncode == 0:
        return True
    # A fresh machine has no package lists yet.
    subprocess.run(["apt-get", "update", "-qq"], env=environment, capture_output=True, check=False)
    return subprocess.run(install, env=environment, capture_output=True, check=False).returncode == 0
