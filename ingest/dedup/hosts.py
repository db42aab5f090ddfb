"""Normalises the host of a URL, and finds its registrable domain. Nothing is looked up in the DNS."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

#: What the URL standard calls forbidden domain code points.
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^`{|}\x7f]")
_PLAIN = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]*")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


class BadHost(ValueError):  # noqa: N818 (says what the host is, as BadURL does)
    """Not a host that a browser would connect to; the message says why."""


@lru_cache(maxsize=4096)
def normalise(host: str) -> str:
    """A host as browsers write it: lower case, IDNA in ASCII, IPv4 in four decimals, IPv6 short and in brackets.

    Follows the host parser of the WHATWG URL standard (UTS 46, non-transitional), except that one trailing dot is
    taken off and that names longer than the DNS allows are refused.
    """
    if _PLAIN.fullmatch(host) and len(host) <= 253 and not _too_long(host):
        return host
    if host.startswith("["):
        return _ipv6(host)
    name = _ascii(unquote_to_bytes(host.encode("utf-8", "replace")).decode("utf-8", "replace"))
    if not name.strip("."):
        raise BadHost("the host is empty")
    if found := _FORBIDDEN.search(name):
        raise BadHost(f"the host holds {found.group()!r}")
    labels = name.removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _ipv4(labels)
    if len(name) > 254 or _too_long(name):
        raise BadHost("the host is longer than the DNS allows")
    return name if name.endswith("..") else name.removesuffix(".")


def _too_long(name: str) -> bool:
    return len(name) > 63 and any(len(label) > 63 for label in name.split("."))


def _ascii(name: str) -> str:
    if name.isascii():
        return name.lower()
    import idna  # noqa: PLC0415 (12 ms that most runs never need)

    try:
        labels = idna.uts46_remap(name, std3_rules=False, transitional=False).split(".")
        return ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)
    except UnicodeError as error:
        raise BadHost("the host holds characters that no name may have") from error


def _ipv6(host: str) -> str:
    try:
        if not host.endswith("]") or "%" in host:
            raise BadHost("the brackets hold no IPv6 address")
        return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
    except ValueError as error:
        raise BadHost("the brackets hold no IPv6 address") from error


def _ipv4(labels: list[str]) -> str:
    """Decimal, octal and hexadecimal parts, the last of which fills all remaining bytes."""
    if len(labels) > 4 or not all(map(_NUMBER.fullmatch, labels)):
        raise BadHost("an IPv4 address has at most four parts, all of them numbers")
    numbers = [_number(label.lower()) for label in labels]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise BadHost("a part of the IPv4 address is too large")
    value = numbers[-1] + sum(number << 8 * (3 - index) for index, number in enumerate(numbers[:-1]))
    return str(ipaddress.IPv4Address(value))


def _number(label: str) -> int:
    base = 16 if label.startswith("0x") else 8 if label.startswith("0") else 10
    digits = label.removeprefix("0x").lstrip("0") or "0"
    try:
        return int(digits[:12], base)
    except ValueError as error:
        raise BadHost("an octal part of the IPv4 address has a digit above 7") from error


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 (reads a 300 KB list)

    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The registrable domain of a normalised host (``rss.example.co.kr`` → ``example.co.kr``).

    Hosts under a public suffix of a hosting service (``x.blogspot.com``) are sites of their own; an address or a name
    without a registrable domain is its own. Mozilla's Public Suffix List, as shipped with publicsuffixlist.
    """
    if host.startswith("[") or _NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    return _suffixes().privatesuffix(host) or host
