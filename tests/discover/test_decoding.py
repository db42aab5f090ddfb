"""Bytes of index pages as text."""

import pytest

from ingest.discover.decoding import decode, decode_html
from ingest.errors import DiscoverError

URL = "https://news.example/feed"


def test_the_declared_encoding_is_followed(page):
    assert decode(page("항구".encode("euc-kr"), URL, "text/xml; charset=euc-kr")) == "항구"


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n", b"%PDF-1.7", b"PK\x03\x04", b"RIFF1234WEBP", b"\x1f\x8b", b"ID3\x03"]
)
def test_a_picture_or_archive_is_no_index_page(page, start: bytes):
    with pytest.raises(DiscoverError) as failure:
        decode(page(start + b"<rss>", URL))
    assert failure.value.code == "not_a_feed"


def test_a_text_that_only_mentions_such_a_file_is_read(page):
    assert decode(page("See %PDF-1.7", URL)) == "See %PDF-1.7"


def test_a_page_beyond_the_limits_of_the_parser_is_refused(page):
    with pytest.raises(DiscoverError) as failure:
        decode_html(page("<div>" * 200_000, URL, "text/html"))
    assert failure.value.code == "parse"
