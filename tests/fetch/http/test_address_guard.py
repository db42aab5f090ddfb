"""Which addresses are public, with and without exceptions of the operator."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.http.address_guard import AddressGuard

SPECIAL = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:7f00:1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1:7f00:0:100::",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "3fff:fff:ffff:ffff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2a00:1450::1%lo",
    "fec0::1",
    "feff::1",
    "ff02::1",
    "4000::1",
    "2a00::5efe:10.0.0.1",
    "2a00::100:5efe:10.0.0.1",
    "2a00::300:5efe:10.0.0.1",
    "2a00::200:5efe:127.0.0.1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2a00:1450:4001::1",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "3ffe::1",
    "2a00::5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", SPECIAL)
def test_special_addresses_are_refused_with_a_reason(address: str) -> None:
    assert AddressGuard().refusal(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_next_to_special_ranges_are_not(address: str) -> None:
    assert AddressGuard().refusal(address) == ""


@pytest.mark.parametrize(
    "text", ["", "localhost", "0x7f000001", "2130706433", "127.1", "010.0.0.1", "1.2.3.4.", " 8.8.8.8"]
)
def test_what_is_no_address_in_the_one_common_form_is_refused(text: str) -> None:
    assert AddressGuard().refusal(text) == "not an address"


def test_exceptions_are_exact() -> None:
    guard = AddressGuard(("127.0.0.0/27", "10.1.2.3", "fd00:1::/64"))
    allowed = [a for a in ("127.0.0.31", "10.1.2.3", "fd00:1::9", "8.8.8.8") if guard.refusal(a) == ""]
    refused = [a for a in ("127.0.0.32", "10.1.2.4", "fd00:2::9", "::ffff:127.0.0.1", "0.0.0.0") if guard.refusal(a)]
    assert (len(allowed), len(refused)) == (4, 5)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_behind_nat64_and_never_passes_mapped(address: object) -> None:
    guard = AddressGuard()
    assert bool(guard.refusal(f"64:ff9b::{address}")) == bool(guard.refusal(str(address)))
    assert guard.refusal(f"::ffff:{address}")
    assert guard.refusal(f"::{address}")
