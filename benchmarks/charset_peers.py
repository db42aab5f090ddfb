"""Our decoder of pages beside what others put together: pages with a wrong label, pages of the corpus, time.

    pip install w3lib html5lib
    python benchmarks/charset_peers.py CORPUS

A page in each of fifteen languages is written in each encoding that pages of that language are found in, and labelled
in its ``<meta>`` with its usual names and with wrong ones. A decoder is right if it gives back every
character. Further rows: UTF-8 pages with a foreign label (some of them traps, as `utf-7`), and with a broken byte.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import chardet
from corpus import all_pages, modules
from html5lib._inputstream import HTMLBinaryInputStream
from w3lib.encoding import html_to_unicode

from ingest.errors import ExtractError

#: Language: (sentences, codecs, labels). The texts hold letters that only the larger twin of a charset has.
TEXTS = {
    "ko": (
        "똠방각하가 펲시콜라를 샀다고 합니다. 시청 앞 전차가 다시 달립니다.",
        ("cp949",),
        ("euc-kr", "ks_c_5601-1987", "cp949"),
    ),
    "ja": ("①番線の㈱夜明け、髙橋さんは今朝も市電に乗った。", ("cp932",), ("shift_jis", "x-sjis", "windows-31j")),
    "ja euc": ("市電は今朝から再び走り始めた。", ("euc_jp",), ("euc-jp", "x-euc-jp")),
    "ja jis": ("市電は今朝から再び走り始めた。", ("iso2022_jp",), ("iso-2022-jp",)),
    "zh": ("朱镕基昨天乘坐电车。城市的电车今天早上重新开始运行。", ("gb18030",), ("gb2312", "gbk", "gb18030")),
    "zh-tw": ("城市的電車今天早上重新開始運行，乘客都很高興。", ("big5hkscs",), ("big5", "big5-hkscs")),
    "ru": ("Сегодня утром трамвай снова пошёл по улице Мира.", ("cp1251", "koi8-r"), ("windows-1251", "koi8-r")),
    "pl": (
        "Dziś rano tramwaj znów ruszył ulicą Źródlaną, łącząc „śródmieście”.",
        ("cp1250",),
        ("windows-1250", "iso-8859-2"),
    ),
    "de": ("Heute früh fuhr die Straßenbahn wieder – für „alle“ Gäste.", ("cp1252",), ("iso-8859-1", "windows-1252")),
    "fr": ("Le tramway a repris ce matin ; l’été, l’œuvre coûte 3 €.", ("cp1252",), ("iso-8859-1", "iso-8859-15")),
    "tr": ("Bu sabah tramvay yeniden çalışmaya başladı, İğdır’a kadar.", ("cp1254",), ("iso-8859-9", "windows-1254")),
    "el": ("Σήμερα το πρωί το τραμ ξεκίνησε πάλι από την πλατεία.", ("cp1253",), ("iso-8859-7", "windows-1253")),
    "he": ("הבוקר חזרה החשמלית לנסוע ברחוב הראשי של העיר.", ("cp1255",), ("iso-8859-8", "windows-1255")),
    "ar": ("عاد الترام إلى العمل صباح اليوم في شارع المدينة الرئيسي.", ("cp1256",), ("windows-1256",)),
    "th": ("เช้านี้รถรางกลับมาวิ่งบนถนนสายหลักอีกครั้ง", ("cp874",), ("tis-620", "windows-874")),
}
WRONG = ("utf-8", "iso-8859-1", "")
FOREIGN = (
    "euc-kr",
    "shift_jis",
    "gb2312",
    "big5",
    "iso-8859-1",
    "windows-1251",
    "utf-16",
    "utf-7",
    "x-user-defined",
    "foo",
)


def ours(content: bytes) -> str:
    return str(modules()["charset"].decode(content))


def guessed(content: bytes) -> str | None:
    return chardet.detect(content[:16_384])["encoding"]


def by_w3lib(content: bytes) -> str:
    return html_to_unicode(None, content, auto_detect_fun=guessed)[1]


def utf8_or_w3lib(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return by_w3lib(content)


def by_chardet(content: bytes) -> str:
    return content.decode(chardet.detect(content)["encoding"] or "utf-8", "replace")


def by_html5lib(content: bytes) -> str:
    """The order of browsers, with the encodings of webencodings."""
    encoding = HTMLBinaryInputStream(content).charEncoding[0]
    return encoding.codec_info.decode(content, "replace")[0]


DECODERS: dict[str, Callable[[bytes], str]] = {
    "ours": ours,
    "UTF-8, else w3lib + chardet": utf8_or_w3lib,
    "w3lib + chardet": by_w3lib,
    "chardet": by_chardet,
    "html5lib": by_html5lib,
}


def page(text: str, label: str) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>{text[:20]}</title></head><body>" + f"<p>{text}</p>\n" * 12 + "</body></html>"


def read(decoder: Callable[[bytes], str], content: bytes) -> str:
    try:
        return decoder(content).replace("\0", "").removeprefix("\ufeff")
    except (ExtractError, LookupError, UnicodeError) as error:
        return f"{type(error).__name__}"


def legacy() -> Iterator[tuple[str, str, bytes]]:
    """(kind of label, the page as it is, its bytes)."""
    for text, codecs, labels in TEXTS.values():
        for codec in codecs:
            for label in (*labels, *WRONG):
                kind = {"utf-8": "says UTF-8", "iso-8859-1": "says Latin-1", "": "says nothing"}.get(
                    label, "a usual name"
                )
                if label == "iso-8859-1" and codec == "cp1252":
                    kind = "a usual name"
                whole = page(text, label)
                yield kind, whole, whole.encode(codec)


def unicode_pages() -> Iterator[tuple[str, str, bytes]]:
    for text, _, _ in TEXTS.values():
        for label in FOREIGN:
            whole = page(text, label)
            yield "UTF-8 that says it is something else", whole, whole.encode()
        whole = page(text, "utf-8")
        cut = whole.encode().replace(b"</p>\n", b"\xe2\x80</p>\n", 1)
        yield "UTF-8 with one broken character", cut.decode("utf-8", "replace"), cut


def print_right(cases: list[tuple[str, str, bytes]]) -> None:
    kinds = Counter(kind for kind, _, _ in cases)
    print("\n| right | " + " | ".join(DECODERS) + " |\n|---|" + "---:|" * len(DECODERS))
    for kind, number in kinds.items():
        mine = [(whole, content) for each, whole, content in cases if each == kind]
        right = [sum(read(decoder, content) == whole for whole, content in mine) for decoder in DECODERS.values()]
        print(f"| {kind} ({number}) | " + " | ".join(map(str, right)) + " |")


def print_corpus(corpus: Path) -> None:
    contents = [each.html for each in all_pages(corpus)]
    texts = {name: [read(decoder, content) for content in contents] for name, decoder in DECODERS.items()}
    legacy_pages = [number for number, content in enumerate(contents) if not _is_utf8(content)]
    print(f"\n{len(contents)} pages of the corpus, {len(legacy_pages)} of them not UTF-8\n")
    print("| | the same text as ours | of those not UTF-8 | ms of CPU a page |\n|---|---:|---:|---:|")
    for name, found in texts.items():
        same = [mine == other for mine, other in zip(texts["ours"], found, strict=True)]
        ms = statistics.median(_spent(DECODERS[name], contents) for _ in range(3)) / len(contents)
        print(f"| {name} | {sum(same)} | {sum(same[number] for number in legacy_pages)} | {1000 * ms:.2f} |")


def _spent(decoder: Callable[[bytes], str], contents: list[bytes]) -> float:
    began = time.process_time()
    for content in contents:
        read(decoder, content)
    return time.process_time() - began


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--wrong", action="store_true", help="name the cases that ours reads wrongly")
    arguments = parser.parse_args()
    cases = [*legacy(), *unicode_pages()]
    print_right(cases)
    if arguments.wrong:
        for kind, whole, content in cases:
            if (found := read(ours, content)) != whole:
                print(f"{kind}: {whole[12:40]!r} … {whole[60:90]!r}: {found[60:120]!r}")
    print_corpus(arguments.corpus)


if __name__ == "__main__":
    main()
