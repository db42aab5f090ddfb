"""URLs as they are requested. A URL that two parsers could read differently is refused."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import httpx

from ingest.errors import FetchError
from ingest.fetch.http.printable import printable_line

_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SPACES = " \t\r\n\f"
#: In characters. Servers refuse longer request lines.
_LONGEST_URL = 8192


def parse(url: str) -> httpx.URL:
    """The URL to request, without its fragment. Raises FetchError ``bad_url`` or ``bad_scheme``."""
    stripped = url.strip(_SPACES)
    if len(stripped) > _LONGEST_URL:
        raise FetchError(url, "bad_url", f"the URL is {len(stripped)} characters long")
    _check_scheme(url, stripped)
    _check_authority(url, stripped)
    scheme, _, rest = stripped.partition("#")[0].partition(":")
    try:
        parsed = httpx.URL(f"{scheme.lower()}:{rest}")
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(url, "bad_url", f"the URL cannot be read: {printable_line(str(error))}") from error
    _check_host(url, parsed.raw_host.decode("ascii", "replace"))
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchError(url, "bad_url", f"there is no port {parsed.port}")
    return parsed


def resolve(base: httpx.URL, location: str) -> httpx.URL:
    """The URL that a Location header redirects to. Raises FetchError as `parse` does, for the URL that redirects."""
    try:
        return parse(str(base.join(location.strip(_SPACES))) if _is_relative(location) else location)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(str(base), "bad_url", f"the redirect leads nowhere: {printable_line(str(error))}") from error
    except FetchError as failure:
        raise FetchError(str(base), failure.code, f"redirect: {failure.message}") from failure


def ip_literal(host: str) -> str:
    """The IP address that a host is written as; "" for a name, or for an address with a zone (``fe80::1%eth0``)."""
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
        raise FetchError(url, "bad_scheme", f"{printable_line(match[1], 40)}: only http and https are fetched")


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
    if ip_literal(host):
        return
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise FetchError(url, "bad_url", f"{printable_line(host, 80)} is no host name")
    if _NUMBER.fullmatch(labels[-1]):
        shown = printable_line(host, 80)
        raise FetchError(url, "bad_url", f"{shown} is an address in a form that programs read differently")
