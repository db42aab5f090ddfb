"""Vocabularies of class and id words: which kind of box (comments, furniture, body, caption …) a name stands for.

What a match means for the text (leave out, keep, prefer) is the caller's decision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_PART = re.compile(r"[A-Za-z0-9]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z0-9])|[A-Z]?[a-z0-9]+")
# Words that reverse the meaning of the word after them: "with-sidebar" is what stands beside a sidebar.
_REVERSING = frozenset({"has", "with", "no", "without", "above", "below", "before", "and", "non", "overflow"})


def words_of(name: str) -> frozenset[str]:
    """The words of one class or id in lower case, and each two or three neighbours joined into one word.

    ``read-more``, ``read_more``, ``readMore`` and ``readmore`` all give "readmore"; the whole name is added with "="
    before it. Digits stay with their letters, so that a generated name (``css-1ad4b``) gives no word. A word behind a
    reversing one ("with-sidebar") is left out.
    """
    words: list[str] = []
    for part in _PART.findall(name):
        if not (part.islower() or part.isupper()):
            words.extend(word.lower() for word in _CAMEL.findall(part) if len(word) > 3 or len(part) == len(word))
        words.append(part.lower())
    reversed_indices = {index + 1 for index, word in enumerate(words) if word in _REVERSING}
    pairs = [first + second for index, (first, second) in enumerate(pairwise(words)) if index not in reversed_indices]
    triples = [
        first + second + third
        for index, (first, second, third) in enumerate(zip(words, words[1:], words[2:], strict=False))
        if index not in reversed_indices
    ]
    words = [word for index, word in enumerate(words) if index not in reversed_indices]
    return frozenset((f"={name.lower()}", *words, *pairs, *triples))


#: Name of a vocabulary: its entries. ``a-b`` stands for the two words in a row, ``word*`` for every word that begins
#: with it, ``=word`` for a class or id that is nothing but this word.
_ENTRIES: dict[str, str] = {
    # Readers' comments. They are left out however long they are.
    "talk": "comment* disqus* respond livefyre* kommentar* comentario* commentaire*",
    # Consent dialogs. They are left out however long they are.
    "consent": (
        "onetrust* ot-sdk* didomi* usercentrics* qc-cmp* truste* trustarc* sp-message cmp-banner cmpbox gdpr-* "
        "cookie-banner cookie-consent cookie-notice cookie-bar cookie-law cookie-modal cookie-dialog cookie-popup "
        "cookie-wall cookiebot* cky-consent* iubenda-cs* consent-banner consent-manager consent-dialog consent-modal"
    ),
    # What surrounds the posts of a forum: the authors' profiles and statistics, signatures, other threads.
    "forum": (
        "user-title user-extras extra-user-info user-info user-details postprofile post-profile profile* last-edit "
        "edited-by signature* sig expand-link quote-citation unfurl struct-item similar-threads suggested-topics "
        "topic-map badge* post-header message-header card-header action-bar post-actions post-controls post-buttons "
        "tools avatar-badge online-users who-is-online forum-stats jump-box jumpbox quick-reply quickreply notice "
        "reply-form"
    ),
    # Page furniture, unless it holds much of the prose of the page.
    "furniture": (
        "share* sharing social* addthis* addtoany* sharedaddy jp-post-flair follow-us followus a2a shariff* related* "
        "relacionad* recommend* read-more readmore read-next readnext read-also more-stories more-news more-articles "
        "more-from see-also also-like also-read you-may trending popular most-read mostread most-viewed most-popular "
        "latest-news latest-posts latest-articles recent-posts recent-articles recentposts other-news up-next next-up "
        "recirc* rec-items yarpp* jp-relatedposts zergnet* outbrain* taboola* teads* mgid* newsletter* subscribe* "
        "subscription* signup sign-up paywall donat* promo promos promotion* promobox sponsor* advert* advertorial ad "
        "ads adv adbox ad-box adsense adslot ad-slot adunit ad-unit dfp gpt-ad banner* affiliate* piano* tinypass* "
        "optin opt-in mailchimp* mc-embed* cta call-to-action breadcrumb* nav navbar navigation* menu submenu sidebar* "
        "side-bar pagination pager paginat* pagenav page-nav post-nav postnav nav-links prev-next prevnext toolbar "
        "tool-bar skip-link skiplink site-header siteheader page-header site-footer sitefooter page-footer footer "
        "masthead topbar top-bar search-form searchform byline* author authors authorbio authorbox authorprofile "
        "author-* about-author about-the-author saboxplugin* header-meta buttons button-wrapper button-container "
        "block-button disclaimer* =toc toc-list toc-nav toc-bar toc-box toc-container toc-wrapper toc-inner toc-title "
        "toc-links ez-toc* table-of-content* post-meta postmeta entry-meta entrymeta "
        "article-meta articlemeta meta-data metadata post-info post-tags tags taglist tag-list tagcloud tags-links "
        "article-tags cat-links dateline timestamp copyright* audio-player text-to-speech speech whatsapp* rating* "
        "vote* poll reactions like-button feedback cookie* consent gdpr carousel* slideshow* similar* testimonial* "
        "republication* republish* author-info bio contact-form "
        "twitter-tweet instagram-media tiktok-embed wp-embedded-content "
        "embed-is-type fb-post bluesky-embed modal popup pop-up overlay lightbox login tooltip toast visually-hidden "
        "sr-only screen-reader-text screen-reader print-only only-print noprint no-print"
    ),
    # Containers that are named for what they hold: the text of one article.
    "body": (
        "article-body articlebody article-content article-text articletext article-copy article-main entry-content "
        "post-content postcontent post-body postbody post-text post-entry story-body storybody story-content "
        "story-text story-copy body-copy bodytext body-text body-content content-body contentbody content-text "
        "news-text newstext news-content news-body blog-content blog-body blog-post-body blog-post-content "
        "single-content rich-text richtext text-content textcontent artikel-text artikeltext article-inhalt "
        "field-name-body field--name-body article-detail news-detail page-content main-content maincontent the-content "
        "td-post-content hentry node-content mw-parser-output markdown-body"
    ),
    # Links to other pages, where text precedes them; above the text, such a box is the standfirst.
    "teaser": "teaser* buybox*",
    # Standfirsts: between headline and body, part of the text.
    "lead": (
        "lead lede standfirst stand-first deck dek sub-title subtitle subhead* sub-headline subheadline summary "
        "excerpt intro introduction chapo chapeau sommario occhiello vorspann teaser-text abstract sapo description "
        "entradilla bajada preamble preface ingress manchet perex kicker-text article-lead article-intro page-intro"
    ),
    # Captions and credits of pictures.
    "caption": (
        "caption* figcaption* photo-credit image-credit img-credit photocredit imagecredit credit credits copyright* "
        "bildunterschrift* image-desc* img-desc* image-title image-meta picture-text bildtext*"
    ),
    # Boxes that are made for a picture.
    "picture": "image* photo* picture* img bild foto* imagen media-object visual thumbnail* newsitem-image",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that mean one kind of box. ``mark`` is its bit in the result of `marks_of`."""

    mark: int

    def matches(self, names: str) -> bool:
        """Whether one of its entries is among the words of a class and id string."""
        return marks_of(names) & self.mark != 0


# The same few thousand classes recur on every page of a site.
@lru_cache(maxsize=8192)
def marks_of(names: str) -> int:
    """The bits (`Vocabulary.mark`) of all vocabularies that have one of the words of a class and id string.

    One look-up serves all vocabularies: to test each of them in turn takes several times as long.
    """
    marks = 0
    for name in names.split():
        marks |= _marks_of_one(name)
    return marks


@lru_cache(maxsize=16384)
def _marks_of_one(name: str) -> int:
    marks = 0
    for word in words_of(name):
        marks |= _MARKS_BY_WORD.get(word, 0)
        if word.startswith(_PREFIXES):
            for length in range(1, len(word) + 1):
                marks |= _MARKS_BY_PREFIX.get(word[:length], 0)
    return marks


def _marks_by_entry() -> tuple[dict[str, int], dict[str, int]]:
    """What each word, and each beginning of words, marks: the bits of the vocabularies that list it."""
    by_word: dict[str, int] = {}
    by_prefix: dict[str, int] = {}
    for name, entries in _ENTRIES.items():
        for entry in entries.replace("-", "").split():
            marks, key = (by_prefix, entry[:-1]) if entry.endswith("*") else (by_word, entry)
            marks[key] = marks.get(key, 0) | _MARKS[name]
    return by_word, by_prefix


_MARKS = {name: 1 << number for number, name in enumerate(_ENTRIES)}
_MARKS_BY_WORD, _MARKS_BY_PREFIX = _marks_by_entry()
_PREFIXES = tuple(_MARKS_BY_PREFIX)

TALK = Vocabulary(_MARKS["talk"])
CONSENT = Vocabulary(_MARKS["consent"])
FORUM = Vocabulary(_MARKS["forum"])
FURNITURE = Vocabulary(_MARKS["furniture"])
BODY = Vocabulary(_MARKS["body"])
TEASER = Vocabulary(_MARKS["teaser"])
LEAD = Vocabulary(_MARKS["lead"])
CAPTION = Vocabulary(_MARKS["caption"])
PICTURE = Vocabulary(_MARKS["picture"])
