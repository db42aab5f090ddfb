"""Identity of URLs: their canonical form, the key by which links and articles are unique, and claims of pages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from ingest.dedup import hosts
from ingest.dedup.tracking_parameters import is_tracking_parameter

#: Common servers answer longer URLs with an error.
MAX_LENGTH = 8_192

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_EDGES = "".join(map(chr, range(0x21)))
_INVISIBLE = {ord(char): None for char in "\t\n\r"}
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_~-]*(?:\.[A-Za-z0-9_~-][A-Za-z0-9/_~-]*)*")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_~.-]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_FRONT = re.compile(r"/(?:(?:index|default|home|main)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
#: A path without a digit, a hyphen or a letter beyond ASCII names a section or a script rather than one story.
_NO_TITLE = re.compile(r"[A-Za-z_./]*")
#: What may follow the URL of a story: its AMP version, its second page.
_SAME_STORY = re.compile(r"(?:amp(?:\.html)?|\d{1,3})?/?", re.IGNORECASE)

_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


class _Spelling(NamedTuple):
    """How one part of a URL is written: what must be escaped, and each pair of hex digits → how that byte stands."""

    raw: re.Pattern[str]
    escapes: dict[str, str]


def _spelling(safe: str, *, apart: str = "", space: str = "%20") -> _Spelling:
    """``safe`` stands as it is, escaped or not; ``apart`` stands as it is, and its escape means something else."""
    safe += _UNRESERVED
    table = {f"{byte:02X}": chr(byte) if chr(byte) in safe else f"%{byte:02X}" for byte in range(256)} | {"20": space}
    digits = "0123456789abcdefABCDEF"
    return _Spelling(
        re.compile(f"[^{re.escape(safe + apart)}%]+"),
        {a + b: table[(a + b).upper()] for a in digits for b in digits},
    )


# An escaped slash or semicolon in a path, and an escaped `=` in a name, are not what they are unescaped.
_PATH = _spelling("!$&'()*+,=:@", apart="/;")
_NAME = _spelling("!$()*,:@/?;", space="+")
_VALUE = _spelling("!$()*,:@/?;=", space="+")
_USERINFO = _spelling("", apart="!$&'()*+,")
_FRAGMENT = _spelling("!$&'()*+,=:@/?;")


class BadURL(ValueError):  # noqa: N818 (the name is part of the interface)
    """Not a URL that is fetched. ``code`` is ``bad_url`` or ``bad_scheme``."""

    def __init__(self, url: str, code: str, message: str) -> None:
        super().__init__(message)
        self.url = url
        self.code = code
        self.message = message


class Parts(NamedTuple):
    """The parts of a canonical URL. ``host`` is normalised; ``port`` is empty if it is the default of the scheme."""

    scheme: str
    userinfo: str
    host: str
    port: str
    path: str
    query: str
    fragment: str

    def __str__(self) -> str:
        userinfo = f"{self.userinfo}@" if self.userinfo else ""
        port = f":{self.port}" if self.port else ""
        query = f"?{self.query}" if self.query else ""
        fragment = f"#{self.fragment}" if self.fragment else ""
        return f"{self.scheme}://{userinfo}{self.host}{port}{self.path}{query}{fragment}"


def canonical(url: str, base: str = "") -> str:
    """The form in which a URL is fetched, stored and compared; idempotent.

    Parsed as browsers do (WHATWG URL standard; http and https only), then normalised: parameters sorted by name with
    repeated ones in their order, trackers, session ids and fragments left out (not ``#!`` and ``#/``, which name
    pages), one spelling for each escape. Mobile and AMP addresses, ``index.html`` and trailing slashes stay as they
    are. ``base`` is what a relative URL is relative to. Raises `BadURL`.
    """
    return str(split(url, base))


def split(url: str, base: str = "") -> Parts:
    """The parts of the `canonical` form of a URL. Raises `BadURL`."""
    text = url.strip(_EDGES).translate(_INVISIBLE)
    named = _SCHEME.match(text)
    if named is not None and named[1].lower() not in _DEFAULT_PORTS:
        raise BadURL(url, "bad_scheme", "only http and https are fetched")
    if len(text) > MAX_LENGTH:
        raise BadURL(url, "bad_url", f"the URL is longer than {MAX_LENGTH} characters")
    if named is None and not base:
        raise BadURL(url, "bad_url", "the URL has no scheme and there is nothing it could be relative to")
    rest, _, fragment = text[named.end() if named else 0 :].partition("#")
    before, mark, query = rest.partition("?")
    before = before.replace("\\", "/")
    # The URL standard reads `http:x` below an http page as a path, and elsewhere as a host.
    parent = _base(base) if base else None
    scheme = named[1].lower() if named else parent.scheme if parent else ""
    if parent and parent.scheme == scheme and not before.startswith("//"):
        path = before if before or mark else parent.path
        query = query if before or mark else parent.query
        path = path if path.startswith("/") else parent.path.rpartition("/")[0] + "/" + path if before else parent.path
        path = _path(path, query)
        return parent._replace(path=path, query=_query(query, path), fragment=_fragment(fragment))
    authority, slash, path = before.lstrip("/").partition("/")
    userinfo, host, port = _authority(url, authority, scheme)
    path = _path(slash + path, query)
    return Parts(scheme, userinfo, host, port, path, _query(query, path), _fragment(fragment))


@lru_cache(maxsize=64)
def _base(url: str) -> Parts:
    return split(url)


def _authority(url: str, authority: str, scheme: str) -> tuple[str, str, str]:
    userinfo, _, host_and_port = authority.rpartition("@")
    host, colon, port = host_and_port.rpartition(":")
    if not colon or "]" in port:
        host, port = host_and_port, ""
    if not host:
        raise BadURL(url, "bad_url", "the URL has no host")
    if port and not (port.isascii() and port.isdecimal() and len(port.lstrip("0")) <= 5 and int(port) < 65_536):
        raise BadURL(url, "bad_url", "the port is not a number from 0 to 65535")
    try:
        host = hosts.normalise(host)
    except hosts.BadHost as error:
        raise BadURL(url, "bad_url", str(error)) from error
    port = str(int(port)) if port else ""
    return _userinfo(userinfo), host, "" if port == _DEFAULT_PORTS[scheme] else port


def _userinfo(userinfo: str) -> str:
    if not userinfo:
        return ""
    user, _, password = userinfo.partition(":")
    user, password = _escaped(user, _USERINFO), _escaped(password, _USERINFO)
    return f"{user}:{password}" if password else user


def _escaped(part: str, spelling: _Spelling) -> str:
    """Raw characters that must be escaped as UTF-8, and each escape in its one spelling."""
    part = spelling.raw.sub(lambda found: quote(found[0], safe="", errors="replace"), part)
    return _ESCAPE.sub(lambda found: spelling.escapes[found[1]] if found[1] else "%25", part) if "%" in part else part


def _path(path: str, query: str) -> str:
    if not path:
        return "/"
    if _PLAIN_PATH.fullmatch(path):
        return path
    if not query:
        # Remains of markup after a URL in running text.
        path = path.rstrip('<>" ')
    path = _SESSION.sub("", _escaped(path, _PATH))
    return _without_dots(path) or "/"


def _without_dots(path: str) -> str:
    """Dot segments resolved (RFC 3986, section 5.2.4); escaped dots have been unescaped before."""
    if "/." not in path:
        return path
    kept: list[str] = []
    *inner, last = path[1:].split("/")
    for segment in inner:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last == "..":
        del kept[-1:]
    kept.append("" if last in {".", ".."} else last)
    return "/" + "/".join(kept)


def _query(query: str, path: str) -> str:
    if not query:
        return ""
    kept: list[tuple[str, str]] = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if not _PLAIN_QUERY.fullmatch(name):
            name = _escaped(name.replace("+", "%20"), _NAME)
        if not _PLAIN_QUERY.fullmatch(value):
            value = _escaped(value.replace("+", "%20"), _VALUE)
        if (name or value) and not is_tracking_parameter(name, value) and not _is_mobile_switch(name, value, path):
            kept.append((name, value))
    kept.sort(key=lambda pair: pair[0])
    return "&".join(f"{name}={value}" if value else name for name, value in kept)


def _is_mobile_switch(name: str, value: str, path: str) -> bool:
    """``?m=1`` after a ``.html`` page asks Blogger for its mobile version; elsewhere ``m`` may be anything."""
    return name == "m" and value in {"0", "1"} and path.endswith(".html")


def _fragment(fragment: str) -> str:
    if fragment[:1] not in {"!", "/"} or len(fragment) < 2:
        return ""
    return _escaped(fragment, _FRAGMENT)


def key(url: str, id_pattern: str = "") -> str:
    """What ``links`` and ``articles`` are unique by: `canonical` without what only says how the page is reached.

    ``http`` and ``https``, ``www.`` and none, a slash at the end and none make no difference. Where ``id_pattern``
    (a regular expression) matches, its first group and the site are all that counts. Raises `BadURL`.
    """
    parts = split(url)
    found = re.search(id_pattern, str(parts)) if id_pattern else None
    if found and (name := found[1] if found.re.groups else found[0]):
        return f"{hosts.registrable_domain(parts.host)}#{name}"
    path = parts.path.rstrip("/") if parts.path.strip("/") else ""
    return str(parts._replace(scheme="", host=parts.host.removeprefix("www."), path=path)).removeprefix("://")


def same_site(a: str, b: str) -> bool:
    """Whether two URLs belong to one registered domain; False if either is no URL."""
    try:
        return hosts.registrable_domain(split(a).host) == hosts.registrable_domain(split(b).host)
    except BadURL:
        return False


def choose_canonical(page_url: str, claimed: str) -> str:
    """The canonical URL of a page: what its ``rel=canonical`` claims if that can be true, else its own.

    A claim must stay on the site and name one page: not the home page, not the section above the page, not the page's
    own address without the parameters that tell it from its neighbours. Raises `BadURL` for a bad ``page_url``.
    """
    page = split(page_url)
    try:
        claim = split(claimed, str(page)) if claimed.strip() else page
    except BadURL:
        return str(page)
    if key(str(claim)) == key(str(page)) or hosts.registrable_domain(claim.host) != hosts.registrable_domain(page.host):
        return str(page)
    return str(page) if _names_many(claim, page) else str(claim)


def _names_many(claim: Parts, page: Parts) -> bool:
    if claim.query or claim.fragment:
        return False
    if _FRONT.fullmatch(claim.path):
        return True
    above = claim.path.rstrip("/") + "/"
    if page.path.startswith(above) and _SAME_STORY.fullmatch(page.path.removeprefix(above)):
        return False
    same_script = claim.path == page.path and bool(page.query)
    return (same_script or page.path.startswith(above)) and _NO_TITLE.fullmatch(above) is not None
