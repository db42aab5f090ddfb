"""What each site of the pretend web serves: which file stands at which path, and in which version. No sockets.

A file ``x.edited.html`` beside ``x.html`` takes its place once the web is edited. ``{origin}`` in a file is the site's
own scheme, address and port.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from ingest.demo import platform_api

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent / "web"
#: Every folder is a site.
SITES = ("saebyeok", "tramstop", "lantern", "courier", "shiomi")

_CHARSETS = {"shiomi": "shift_jis"}
_TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain",
}
#: Paths that take a query, as on the real platforms.
_LISTINGS: dict[str, Callable[[Any, dict[str, str]], platform_api.Answer]] = {
    "/wp-json/wp/v2/posts": platform_api.wordpress_posts,
    "/feeds/posts/default": platform_api.blogger_posts,
}
_WRITTEN = datetime(2026, 4, 18, 15, 0, tzinfo=UTC)
_EDITED = datetime(2026, 4, 19, 20, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answers, less what belongs to the connection."""

    status: int
    content: bytes
    headers: dict[str, str]


class SiteFiles:
    """One site. ``edited`` says which version of it is served."""

    def __init__(self, name: str, origin: str) -> None:
        self.origin = origin
        self.edited = False
        self._charset = _CHARSETS.get(name, "utf-8")
        # A server may say nothing of the encoding and leave it to the page.
        self._charset_told = "" if name in _CHARSETS else "; charset=utf-8"
        self._first: dict[str, Path] = {}
        self._second: dict[str, Path] = {}
        folder = ROOT / name
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            relative = PurePosixPath(file.relative_to(folder).as_posix())
            versions = self._second if ".edited." in relative.name else self._first
            for path in _paths(relative):
                versions[path] = file

    def answer(self, target: str, *, if_none_match: str = "", if_modified_since: str = "") -> Response:
        """What stands at ``target`` (path and query), or 304 if the client holds it already."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        file = (self._second.get(path) if self.edited else None) or self._first.get(path)
        if file is None:
            return Response(404, b"There is nothing here.\n", {"Content-Type": "text/plain; charset=utf-8"})
        text = file.read_text(encoding="utf-8").replace("{origin}", self.origin)
        response = self._listed(path, text, parts.query) or Response(200, text.encode(self._charset), {})
        headers = {
            "Content-Type": _TYPES[file.suffix] + self._charset_told,
            "ETag": f'"{hashlib.sha256(response.content).hexdigest()[:16]}"',
            "Last-Modified": format_datetime(_EDITED if ".edited." in file.name else _WRITTEN, usegmt=True),
        }
        held = if_none_match == headers["ETag"] if if_none_match else if_modified_since == headers["Last-Modified"]
        if held and response.status == 200:
            return Response(304, b"", headers)
        return Response(response.status, response.content, headers | response.headers)

    def _listed(self, path: str, text: str, query: str) -> Response | None:
        listing = _LISTINGS.get(path)
        if listing is None:
            return None
        answer = listing(json.loads(text), {key: values[-1] for key, values in parse_qs(query).items()})
        return Response(answer.status, json.dumps(answer.value, ensure_ascii=False).encode(), answer.headers)


def _paths(relative: PurePosixPath) -> list[str]:
    """The paths that lead to a file: a page and a listing do without their ending, a folder has its index."""
    plain = relative.with_name(relative.name.replace(".edited.", "."))
    paths = [f"/{plain}"]
    if plain.stem == "index":
        paths.append("/" if len(plain.parts) == 1 else f"/{plain.parent}/")
    elif plain.suffix in (".html", ".json"):
        paths.append(f"/{plain.with_suffix('')}")
    return paths
