"""What a URL asks for, read by one parser and in one way only. What two parsers could read differently is refused."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import httpx

from ingest.errors import FetchError

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SPACES = " \t\r\n\f"
#: Servers refuse longer request lines.
_LONGEST = 8192


def read(url: str) -> httpx.URL:
    """The URL as it will be asked for, without its fragment. FetchError ``bad_url`` or ``bad_scheme``."""
    stripped = url.strip(_SPACES)
    if len(stripped) > _LONGEST:
        raise FetchError(url, "bad_url", f"the URL is {len(stripped)} characters long")
    _check_scheme(url, stripped)
    _check_authority(url, stripped)
    scheme, _, rest = stripped.partition("#")[0].partition(":")
    try:
        parsed = httpx.URL(f"{scheme.lower()}:{rest}")
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, "bad_url", f"the URL cannot be read: {one_line(str(error))}") from error
    _check_host(url, parsed.raw_host.decode("ascii", "replace"))
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchError(url, "bad_url", f"there is no port {parsed.port}")
    return parsed


def join(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads. FetchError as `read`; ``url`` of the error is the redirecting one."""
    try:
        return read(str(base.join(location.strip(_SPACES))) if _is_relative(location) else location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(str(base), "bad_url", f"the redirect leads nowhere: {one_line(str(error))}") from error
    except FetchError as failure:
        raise FetchError(str(base), failure.code, f"redirect: {failure.message}") from failure


def one_line(text: str, limit: int = 200) -> str:
    """Text fit for a log line or a table: no control or formatting characters, shortened."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text[:limit])
    return shown + ("…" if len(text) > limit else "")


def address_of(host: str) -> str:
    """The numeric address that a host is written as, or "" for a name. One bound to an interface is none."""
    if "%" in host:
        return ""
    for kind in (IPv4Address, IPv6Address):
        try:
            return str(kind(host))
        except AddressValueError:
            continue
    return ""


def _is_relative(location: str) -> bool:
    return not _SCHEME.match(location.strip(_SPACES))


def _check_scheme(url: str, stripped: str) -> None:
    match = _SCHEME.match(stripped)
    if not match:
        raise FetchError(url, "bad_url", "the URL has no scheme: write it with http:// or https://")
    if match[1].lower() not in {"http", "https"}:
        raise FetchError(url, "bad_scheme", f"{one_line(match[1], 40)}: only http and https are fetched")


def _check_authority(url: str, stripped: str) -> None:
    match = _AUTHORITY.match(stripped)
    if not match or not match[1]:
        raise FetchError(url, "bad_url", "the URL names no host")
    if "@" in match[1]:
        raise FetchError(url, "bad_url", "the URL holds a user name; none is ever sent")
    if "\\" in re.split(r"[?#]", stripped, maxsplit=1)[0]:
        raise FetchError(url, "bad_url", "the URL holds a backslash, which programs read differently")
    if _CONTROL.search(match[1]) or any(character < " " or character == "\x7f" for character in stripped):
        raise FetchError(url, "bad_url", "the URL holds spaces or control characters where none may be")


def _check_host(url: str, host: str) -> None:
    if address_of(host):
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchError(url, "bad_url", f"{one_line(host, 80)} is no host name")
    if _NUMBER.fullmatch(labels[-1]):
        raise FetchError(url, "bad_url", f"{one_line(host, 80)} is an address in a form that programs read differently")
