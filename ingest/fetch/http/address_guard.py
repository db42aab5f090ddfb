"""Which IP addresses may be connected to: public ones, and those that the operator allows."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

#: The IANA special-purpose registries, and addresses of cloud platforms. `ipaddress.is_global` accepts several of them.
_SPECIAL_V4 = {
    IPv4Network("0.0.0.0/8"): "this network",
    IPv4Network("10.0.0.0/8"): "private",
    IPv4Network("100.64.0.0/10"): "carrier-grade NAT",
    IPv4Network("127.0.0.0/8"): "loopback",
    IPv4Network("168.63.129.16/32"): "cloud platform",
    IPv4Network("169.254.0.0/16"): "link-local",
    IPv4Network("172.16.0.0/12"): "private",
    IPv4Network("192.0.0.0/24"): "protocol assignments",
    IPv4Network("192.0.2.0/24"): "documentation",
    IPv4Network("192.88.99.0/24"): "6to4 relay",
    IPv4Network("192.168.0.0/16"): "private",
    IPv4Network("198.18.0.0/15"): "benchmarking",
    IPv4Network("198.51.100.0/24"): "documentation",
    IPv4Network("203.0.113.0/24"): "documentation",
    IPv4Network("224.0.0.0/4"): "multicast",
    IPv4Network("240.0.0.0/4"): "reserved",
}
_SPECIAL_V6 = {
    IPv6Network("2001::/23"): "protocol assignments, Teredo",
    IPv6Network("2001:db8::/32"): "documentation",
    IPv6Network("2002::/16"): "6to4",
    IPv6Network("3fff::/20"): "documentation",
}
#: Everything else of IPv6 is loopback, mapped, link-local, unique local, multicast or unassigned.
_GLOBAL_V6 = IPv6Network("2000::/3")
#: Networks without IPv4 reach the public IPv4 web through this prefix; the last 32 bits are the real address.
_NAT64 = IPv6Network("64:ff9b::/96")


def refusal(address: Address) -> str:
    """Why an address is not public ("loopback", "private" …), or "" if it is."""
    if isinstance(address, IPv4Address):
        return next((why for network, why in _SPECIAL_V4.items() if address in network), "")
    if address.scope_id is not None:
        return "bound to an interface"
    if address in _NAT64:
        return refusal(_last_ipv4(address))
    if address not in _GLOBAL_V6:
        return "not globally routed"
    if _isatap(address):
        return refusal(_last_ipv4(address))
    return next((why for network, why in _SPECIAL_V6.items() if address in network), "")


class AddressGuard:
    """Refuses addresses that are not public, except those in the CIDRs of ``allow`` (`settings.allow_addresses`)."""

    def __init__(self, allow: tuple[str, ...] = ()) -> None:
        self._allowed = tuple(ip_network(cidr, strict=False) for cidr in allow)

    def refusal(self, address: str) -> str:
        """Why this numeric address must not be connected to, or "" if it may. Refuses text that is not an address."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return "not an address"
        if any(parsed in network for network in self._allowed):
            return ""
        return refusal(parsed)


def _last_ipv4(address: IPv6Address) -> IPv4Address:
    return IPv4Address(address.packed[-4:])


def _isatap(address: IPv6Address) -> bool:
    """RFC 5214: an IPv4 address in the last 32 bits, marked by 0:5efe or 200:5efe before it."""
    return (int(address) >> 32) & 0xFCFFFFFF == 0x00005EFE
