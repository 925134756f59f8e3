"""Ask every site that the built book points at whether the page is still there.

    python tools/links.py [FOLDER]      default: `_build/html`

Reads the links that a reader can follow, asks each once (one site at a time for each host, several hosts side by
side), and prints those that are gone with the pages they stand on. A site that answers but refuses programs (401, 403,
429 …) is counted and is no failure. Links to the course's own repository are left out: they are made from one address.
Exit status: 0, 1 when a link is gone, 2 when no site at all can be reached.
"""

import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.addresses import addresses

ROOT = Path(__file__).resolve().parent.parent
AGENT = "Mozilla/5.0 (compatible; link check of a course)"
REFUSED = {401, 402, 403, 405, 406, 418, 429, 451, 999}
TRIES = 3
PAUSE = 1.0  # seconds between two questions to one host


class Answer(NamedTuple):
    """What a site said: `state` is "there", "refused", "gone" or "unreachable"."""

    address: str
    state: str
    why: str = ""


class Links(HTMLParser):
    """Collects the addresses of `<a href="http…">`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.found.add(urllib.parse.urldefrag(address).url)


def collect(folder: Path, leave_out: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return each outside address of the pages below a folder with the pages it stands on."""
    places: dict[str, list[str]] = defaultdict(list)
    for page in sorted(folder.rglob("*.html")):
        parser = Links()
        parser.feed(page.read_text(encoding="utf-8"))
        for address in sorted(parser.found):
            if not address.startswith(leave_out):
                places[address].append(page.relative_to(folder).as_posix())
    return dict(places)


def ask(address: str, timeout: float = 20) -> Answer:
    """Return whether a page is there; a site that fails is asked again."""
    quoted = urllib.parse.quote(address, safe="%/:?#[]@!$&'()*+,;=~")
    answer = Answer(address, "unreachable")
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE * 2**attempt)
        try:
            request = urllib.request.Request(quoted, headers={"User-Agent": AGENT, "Accept": "*/*"})
            with urllib.request.urlopen(request, timeout=timeout):
                return Answer(address, "there")
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in REFUSED:
                return Answer(address, "refused", str(error.code))
            answer = Answer(address, "gone", str(error.code))
            if error.code < 500:
                return answer
        except (OSError, ValueError) as error:  # no name, no route, no certificate, no answer in time
            answer = Answer(address, "unreachable", str(getattr(error, "reason", error)))
    return answer


def ask_host(given: list[str]) -> list[Answer]:
    """Ask for all addresses of one host, one after the other."""
    answers = []
    for number, address in enumerate(given):
        if number:
            time.sleep(PAUSE)
        answers.append(ask(address))
        if number == 0 and answers[0].state == "unreachable":  # then none of the host's pages is
            return [Answer(other, *answers[0][1:]) for other in given]
    return answers


def main(arguments: list[str] | None = None, leave_out: tuple[str, ...] | None = None) -> int:
    """Run the command; return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    folder = Path(arguments[0]) if arguments else ROOT / "_build" / "html"
    places = collect(folder, addresses(ROOT) if leave_out is None else leave_out)
    if not places:
        print(f"There is no page with an outside link in {folder}: run `make book` first.", file=sys.stderr)
        return 2
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in places:
        hosts[urllib.parse.urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(8) as pool:
        answers = [answer for group in pool.map(ask_host, hosts.values()) for answer in group]
    if all(answer.state == "unreachable" for answer in answers):
        print(f"None of {len(hosts)} sites can be reached ({answers[0].why}): is this machine online?", file=sys.stderr)
        return 2
    bad = [answer for answer in answers if answer.state in ("gone", "unreachable")]
    for answer in sorted(bad):
        print(f"{answer.address}: {answer.why}, on {', '.join(places[answer.address])}", file=sys.stderr)
    refused = sum(answer.state == "refused" for answer in answers)
    print(f"{len(answers)} links to {len(hosts)} sites: {len(bad)} gone, {refused} not shown to programs.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
