from __future__ import annotations

import pytest

from ingest.extraction.markup.cloudflare import decode, decode_emails


def hidden(address: str, key: int = 0x5A) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


ANN = hidden("ann@news.example")


def test_an_address_is_decoded_with_its_first_byte() -> None:
    assert decode(ANN) == "ann@news.example"
    assert decode(hidden("ann@news.example", 0xFF).upper()) == "ann@news.example"


@pytest.mark.parametrize("cipher", ["5a3", "5aa5a5"])
def test_what_is_no_text_gives_nothing(cipher: str) -> None:
    assert decode(cipher) == ""


@pytest.mark.parametrize("tag", ["a", "span"])
def test_a_hidden_address_becomes_text(tag: str) -> None:
    attributes = f'href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{ANN}"'
    element = f"<{tag} {attributes}>[email&nbsp;protected]</{tag}>"

    assert decode_emails(f"<p>Write to {element} today.</p>") == "<p>Write to ann@news.example today.</p>"


@pytest.mark.parametrize("host", ["", "https://news.example", "http://news.example"])
def test_a_hidden_link_becomes_a_mail_link(host: str) -> None:
    page = f'<a href="{host}/cdn-cgi/l/email-protection#{ANN}">Ann</a> and <a href="/x">more</a>'

    assert decode_emails(page) == '<a href="mailto:ann@news.example">Ann</a> and <a href="/x">more</a>'


def test_two_links_in_a_row_keep_what_is_between_them() -> None:
    link = f'<a href="/cdn-cgi/l/email-protection#{ANN}">'

    assert decode_emails(f"{link}a</a> | {link}b</a>!") == (
        '<a href="mailto:ann@news.example">a</a> | <a href="mailto:ann@news.example">b</a>!'
    )


def test_the_longest_host_name_goes_with_its_link() -> None:
    host = "https://" + "a" * 253

    assert decode_emails(f"{host}/cdn-cgi/l/email-protection#{ANN}") == "mailto:ann@news.example"


def test_a_hidden_address_cannot_bring_markup_into_the_page() -> None:
    page = f'<span class="__cf_email__" data-cfemail="{hidden("<script>&")}">x</span>'

    assert decode_emails(page) == "&lt;script&gt;&amp;"


@pytest.mark.parametrize("page", ["<p>ann@news.example</p>", '<span data-cfemail="zz">x</span>', ""])
def test_other_pages_stay_as_they_are(page: str) -> None:
    assert decode_emails(page) == page


@pytest.mark.parametrize(
    "bait", ['<a class="__cf_email__" ', "<a data-cfemail=", "https://", "/cdn-cgi/l/email-protection#"]
)
def test_long_bait_takes_linear_time(bait: str) -> None:
    page = (bait * 2_000)[:20_000] + "data-cfemail /cdn-cgi/l/email-protection#"

    assert len(decode_emails(page)) > 0
