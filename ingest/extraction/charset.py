"""Bytes of a page → text: byte order mark, UTF-8 if it is, what is declared, at last a guess. Parses nothing.

After the order of the WHATWG Encoding Standard, except that valid UTF-8 is UTF-8 whatever was declared, and
that a declaration which does not fit the bytes is not believed.
"""

from __future__ import annotations

import codecs
import re

from ingest.errors import ExtractError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED_UTF16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))

#: Python codec: the names it answers to. Names of pages are looked up here and nowhere else: `utf-7`, `rot13` or `zlib`
#: are codecs to Python and attacks to us. Where Windows has a larger twin, pages mean that one. UTF-16 is not in it: it
#: is seen by its mark or its zeros, and any bytes could be read as it.
_NAMES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
    "cp1252": "windows-1252 cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii x-cp1252",
    "iso8859-2": "iso-8859-2 iso8859-2 iso_8859-2 latin2 l2",
    "iso8859-3": "iso-8859-3 iso8859-3 latin3",
    "iso8859-4": "iso-8859-4 iso8859-4 latin4",
    "iso8859-5": "iso-8859-5 iso8859-5 cyrillic",
    "iso8859-6": "iso-8859-6 iso8859-6 arabic",
    "iso8859-7": "iso-8859-7 iso8859-7 greek",
    "iso8859-8": "iso-8859-8 iso8859-8 iso-8859-8-i hebrew",
    "iso8859-10": "iso-8859-10 iso8859-10 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13",
    "iso8859-14": "iso-8859-14 iso8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 latin9 latin-9",
    "iso8859-16": "iso-8859-16 iso8859-16",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 win-1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 cp1254 iso-8859-9 iso8859-9 latin5 turkish",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "cp874": "windows-874 cp874 tis-620 iso-8859-11 iso8859-11",
    "cp866": "ibm866 cp866",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman",
    "gb18030": "gb18030 gb2312 gb_2312-80 gbk x-gbk cp936 euc-cn chinese hz-gb-2312",
    "big5hkscs": "big5 big5-hkscs big5hkscs cn-big5 x-x-big5 cp950",
    "euc_jis_2004": "euc-jp euc_jp eucjp x-euc-jp",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j ms932 cp932",
    "iso2022_jp_2004": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr euc_kr euckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cp949 uhc ms949",
}
_CODECS = {name: codec for codec, names in _NAMES.items() for name in names.split()}
#: Decoding as one of these fails on foreign bytes, so that success proves something.
_MULTIBYTE = frozenset({"utf-8", "gb18030", "big5hkscs", "euc_jis_2004", "cp932", "iso2022_jp_2004", "cp949"})

_NAME = rb"[\"']?[ \t]{0,8}([A-Za-z0-9_:.-]{1,40})"
_IN_TYPE = re.compile(rb"charset[ \t]{0,8}=[ \t]{0,8}" + _NAME, re.IGNORECASE)
_IN_META = re.compile(rb"<meta[^>]{0,500}?charset\s{0,8}=\s{0,8}" + _NAME, re.IGNORECASE)
_IN_XML = re.compile(rb"\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,8}=\s{0,8}" + _NAME, re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_ROW = re.compile(rb"[\x80-\xff]{4,}")
_HIGH_BYTES = bytes(range(128, 256))
_JIS_ESCAPE = b"\x1b$"
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x1b"))

_DECLARED_WITHIN = 8192
_SAMPLE = 16_384
_STRAY = 8
"""Broken characters in a page that is declared, and otherwise may well be, UTF-8."""
_STRAY_SHARE = 0.02
_BINARY_SHARE = 0.02
_ROW_SHARE = 0.5


def decode(content: bytes, content_type: str = "") -> str:
    """Text of a page, without NUL characters and lone surrogates; ``content_type`` is the HTTP header's value.

    Bytes that break the encoding here and there become U+FFFD. ExtractError ``encoding`` (with an empty URL) for bytes
    that are no text.
    """
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _clean(content[len(mark) :].decode(codec, "replace"))
    start = content[:64].lstrip()
    for sign, codec in _UNMARKED_UTF16:
        if start.startswith(sign):
            return _clean(content.decode(codec, "replace"))
    try:
        text = content.decode("iso2022_jp_2004" if _is_jis(content) else "utf-8")
    except UnicodeDecodeError:
        return _clean(_decode_legacy(content, content_type))
    # Bytes are searched for a zero ten times as fast as text is.
    return _clean(text) if b"\0" in content else text.removeprefix("\ufeff")


def _is_jis(content: bytes) -> bool:
    """The one common encoding that is ASCII to the eye: escape sequences switch its character sets."""
    # A single byte is found ten times as fast as two, and hardly any page has this one.
    return b"\x1b" in content and _JIS_ESCAPE in content and content.isascii()


def declared(content: bytes, content_type: str = "") -> list[str]:
    """The Python codecs that the header, the HTML and the XML declaration name, in this order, if they are known."""
    head = content[:_DECLARED_WITHIN]
    found = (
        _IN_TYPE.search(content_type[:500].encode("latin-1", "replace")),
        _IN_META.search(head),
        _IN_XML.match(head),
    )
    names = (match[1].decode("ascii").lower() for match in found if match)
    return list(dict.fromkeys(_CODECS[name] for name in names if name in _CODECS))


def _decode_legacy(content: bytes, content_type: str) -> str:
    if _is_binary(content):
        raise ExtractError("", "encoding", "the bytes are no text in any encoding")
    named = declared(content, content_type)
    # Servers add a Latin default to pages that say better themselves.
    for codec in sorted(named, key=lambda codec: codec not in _MULTIBYTE):
        text = content.decode(codec, "replace")
        if _fits(text, codec) and (codec != "cp1252" or _is_latin(content)):
            return text
    return _guess(content, named)


def _guess(content: bytes, named: list[str]) -> str:
    guessed = _detect(content)
    if guessed:
        text = content.decode(guessed, "replace")
        if _fits(text, guessed):
            return text
    # Nothing fits well: what was declared, or else what browsers assume.
    texts = [content.decode(codec, "replace") for codec in (*named, "utf-8", "cp1252")]
    return min(texts, key=lambda text: text.count("\N{REPLACEMENT CHARACTER}"))


def _detect(content: bytes) -> str:
    import chardet  # noqa: PLC0415  Takes 0.2 s to load, and few pages need it.

    first = _HIGH.search(content)
    start = first.start() if first else 0
    name = chardet.detect(content[start : start + _SAMPLE])["encoding"] or ""
    return _CODECS.get(name.lower(), "")


def _fits(text: str, codec: str) -> bool:
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if broken <= (_STRAY if codec == "utf-8" else 1):
        return True
    return broken <= _STRAY_SHARE * (len(text) - len(text.encode("ascii", "ignore")))


def _is_latin(content: bytes) -> bool:
    """Accented letters stand alone between plain ones; letters of other alphabets come in rows."""
    high = len(content) - len(content.translate(None, _HIGH_BYTES))
    return sum(map(len, _HIGH_ROW.findall(content))) <= _ROW_SHARE * high


def _is_binary(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _BINARY_SHARE * len(sample)


def _clean(text: str) -> str:
    return text.replace("\0", "").removeprefix("\ufeff")
