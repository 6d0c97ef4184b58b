"""From `./scoperoom start` to the first page: cold (empty folder, nothing installed) and warm, in a fresh clone.

The floor of the same run is `python3 -m venv`, which a cold start cannot do without.

    python3 -m bench.start
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8977
PATIENCE_SECONDS = 600


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-start-") as folder:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "venv", Path(folder) / "floor"], check=True)
        floor = time.perf_counter() - started
        clone = Path(folder) / "scoperoom"
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        print(f"floor, python3 -m venv   {floor:6.1f} s")
        for name in ("cold", "warm"):
            up, down = once(clone)
            print(f"{name} start to first page {up:6.1f} s   ({up / floor:.1f} × floor), down in {down:.1f} s")


def once(clone: Path) -> tuple[float, float]:
    """Seconds until the first page answers, and until everything has stopped after SIGTERM."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    started = time.perf_counter()
    process = subprocess.Popen(
        [clone / "scoperoom", "start", "--port", str(PORT)], cwd=clone, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while not answers():
            if process.poll() is not None or time.perf_counter() - started > PATIENCE_SECONDS:
                raise SystemExit("It did not start.")
            time.sleep(0.1)
        up = time.perf_counter() - started
    finally:
        stopping = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return up, time.perf_counter() - stopping


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    main()
