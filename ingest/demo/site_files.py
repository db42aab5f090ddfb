"""The response of a demo site to each path: which file, in which version, charset and with which validators.

A file ``x.edited.html`` replaces ``x.html`` after `Web.edit`. ``{origin}`` in a file stands for the origin of the site.
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
#: Each is a folder of `ROOT`.
SITES = ("saebyeok", "tramstop", "lantern", "courier", "shiomi")

_CHARSETS = {"shiomi": "shift_jis"}
_TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain",
}
#: Paths that read the query of the URL, as on the real platforms.
_APIS: dict[str, Callable[[Any, dict[str, str]], platform_api.JsonResponse]] = {
    "/wp-json/wp/v2/posts": platform_api.wordpress_posts,
    "/feeds/posts/default": platform_api.blogger_posts,
}
_WRITTEN = datetime(2026, 4, 18, 15, 0, tzinfo=UTC)
_EDITED = datetime(2026, 4, 19, 20, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Response:
    """Status, body and headers of a response, without those of the connection."""

    status: int
    content: bytes
    headers: dict[str, str]


class SiteFiles:
    """One site. With ``edited``, the second versions of its files are served."""

    def __init__(self, name: str, origin: str) -> None:
        self.origin = origin
        self.edited = False
        self._charset = _CHARSETS.get(name, "utf-8")
        # Some servers send no charset and leave it to the page to declare it.
        self._charset_parameter = "" if name in _CHARSETS else "; charset=utf-8"
        self._original: dict[str, Path] = {}
        self._edited: dict[str, Path] = {}
        folder = ROOT / name
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            relative = PurePosixPath(file.relative_to(folder).as_posix())
            versions = self._edited if ".edited." in relative.name else self._original
            for path in _paths(relative):
                versions[path] = file

    def response(self, target: str, *, if_none_match: str = "", if_modified_since: str = "") -> Response:
        """The response to a GET of ``target`` (path and query); 304 if a validator of the client is current."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        file = (self._edited.get(path) if self.edited else None) or self._original.get(path)
        if file is None:
            return Response(404, b"There is nothing here.\n", {"Content-Type": "text/plain; charset=utf-8"})
        text = file.read_text(encoding="utf-8").replace("{origin}", self.origin)
        response = self._api_response(path, text, parts.query) or Response(200, text.encode(self._charset), {})
        headers = {
            "Content-Type": _TYPES[file.suffix] + self._charset_parameter,
            "ETag": f'"{hashlib.sha256(response.content).hexdigest()[:16]}"',
            "Last-Modified": format_datetime(_EDITED if ".edited." in file.name else _WRITTEN, usegmt=True),
        }
        current = if_none_match == headers["ETag"] if if_none_match else if_modified_since == headers["Last-Modified"]
        if current and response.status == 200:
            return Response(304, b"", headers)
        return Response(response.status, response.content, headers | response.headers)

    def _api_response(self, path: str, text: str, query: str) -> Response | None:
        api = _APIS.get(path)
        if api is None:
            return None
        response = api(json.loads(text), {key: values[-1] for key, values in parse_qs(query).items()})
        return Response(response.status, json.dumps(response.value, ensure_ascii=False).encode(), response.headers)


def _paths(relative: PurePosixPath) -> list[str]:
    """The paths of a file: pages and API responses also without their suffix, an index also as its folder."""
    plain = relative.with_name(relative.name.replace(".edited.", "."))
    paths = [f"/{plain}"]
    if plain.stem == "index":
        paths.append("/" if len(plain.parts) == 1 else f"/{plain.parent}/")
    elif plain.suffix in (".html", ".json"):
        paths.append(f"/{plain.with_suffix('')}")
    return paths
