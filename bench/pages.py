"""Server time of the sample's pages, next to a page with no work in it (`/livez`) in the same run.

.venv/bin/python -m bench.pages [--times 60]
"""

import argparse
import http.client
import time
from urllib.parse import urlsplit

from bench.serving import installation, percentile, sample_host_cookie

PAGES = {
    "floor (/livez)": "/livez",
    "home": "/",
    "project": "/projects/{project}/",
    "document": "/projects/{project}/document/",
    "risks": "/projects/{project}/risks/",
    "people": "/projects/{project}/people/",
    "workshops": "/projects/{project}/workshops/",
    "reviews": "/projects/{project}/reviews/",
    "baselines": "/projects/{project}/baselines/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60)
    times = parser.parse_args().times
    with installation() as place:
        cookie, project = sample_host_cookie()
        floor = 0.0
        print(f"{'page':<16} {'status':>6} {'p50 ms':>8} {'p95 ms':>8} {'× floor':>8}")
        for name, path in PAGES.items():
            status, took = ask(place.base, path.format(project=project), cookie, times)
            p50, p95 = percentile(took, 0.5), percentile(took, 0.95)
            floor = floor or p50
            print(f"{name:<16} {status:>6} {p50:>8.1f} {p95:>8.1f} {p50 / floor:>8.1f}")


def ask(base: str, path: str, cookie: str, times: int) -> tuple[int, list[float]]:
    """Status, and milliseconds from request to last byte, one connection, one request after the other."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    took, status = [], 0
    for turn in range(times + 5):
        started = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
        response = connection.getresponse()
        response.read()
        status = response.status
        if turn >= 5:
            took.append((time.perf_counter() - started) * 1000)
    return status, took


if __name__ == "__main__":
    main()
