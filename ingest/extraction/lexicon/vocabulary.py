"""Words of class and id attributes that say what a part of a page is, and how to find them. Decides nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_PART = re.compile(r"[A-Za-z0-9]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z0-9])|[A-Z]?[a-z0-9]+")
# What turns the word after it around: "with-sidebar" is what stands beside a sidebar.
_TURNING = frozenset({"has", "with", "no", "without", "above", "below", "before", "and", "non", "overflow"})


def words_of(name: str) -> frozenset[str]:
    """The words of one class or id, in lower case, and each two or three that follow each other written as one.

    ``read-more``, ``read_more``, ``readMore`` and ``readmore`` all give "readmore"; the name as a whole comes with "="
    before it. Digits cling to letters, so that what a program made up (``css-1ad4b``) gives no word.
    """
    words: list[str] = []
    for part in _PART.findall(name):
        if not (part.islower() or part.isupper()):
            words.extend(word.lower() for word in _CAMEL.findall(part) if len(word) > 3 or len(part) == len(word))
        words.append(part.lower())
    turned = {place + 1 for place, word in enumerate(words) if word in _TURNING}
    pairs = [first + second for place, (first, second) in enumerate(pairwise(words)) if place not in turned]
    triples = [
        first + second + third
        for place, (first, second, third) in enumerate(zip(words, words[1:], words[2:], strict=False))
        if place not in turned
    ]
    words = [word for place, word in enumerate(words) if place not in turned]
    return frozenset((f"={name.lower()}", *words, *pairs, *triples))


# What each word, and each beginning of words, marks: the sum of the marks of the vocabularies that have it.
_WHOLE: dict[str, int] = {}
_BEGINNINGS: dict[str, int] = {}


class Words:
    """A vocabulary. ``a-b`` stands for the two words after each other; ``word*`` for all that begins with it.

    ``=word`` is a name that is nothing but this word.
    """

    _next_mark = 1

    def __init__(self, words: str) -> None:
        self.mark = Words._next_mark
        Words._next_mark *= 2
        for entry in words.replace("-", "").split():
            known = _BEGINNINGS if entry.endswith("*") else _WHOLE
            known[entry.rstrip("*")] = known.get(entry.rstrip("*"), 0) | self.mark

    def matches(self, names: str) -> bool:
        """Whether one of them is among the words of a class and id string."""
        return marks_of(names) & self.mark != 0


# The same few thousand classes are asked for again and again.
@lru_cache(maxsize=8192)
def marks_of(names: str) -> int:
    """The marks of all vocabularies (`Words.mark`) that have one of the words of a class and id string."""
    marks = 0
    for name in names.split():
        marks |= _marks_of_one(name)
    return marks


@lru_cache(maxsize=16384)
def _marks_of_one(name: str) -> int:
    marks = 0
    beginnings = tuple(_BEGINNINGS)
    for word in words_of(name):
        marks |= _WHOLE.get(word, 0)
        if word.startswith(beginnings):
            for length in range(1, len(word) + 1):
                marks |= _BEGINNINGS.get(word[:length], 0)
    return marks


#: Talk of readers, however much of it there is.
TALK = Words("comment* disqus* respond livefyre* kommentar* comentario* commentaire*")

#: Dialogs of consent, however long they are.
CONSENT = Words(
    "onetrust* ot-sdk* didomi* usercentrics* qc-cmp* truste* trustarc* sp-message cmp-banner cmpbox gdpr-* "
    "cookie-banner cookie-consent cookie-notice cookie-bar cookie-law cookie-modal cookie-dialog cookie-popup "
    "cookie-wall cookiebot* cky-consent* iubenda-cs* consent-banner consent-manager consent-dialog consent-modal"
)

#: What stands around the posts of forums: who wrote them and how often, signatures, other threads.
FORUM = Words(
    "user-title user-extras extra-user-info user-info user-details postprofile post-profile profile* last-edit "
    "edited-by signature* sig expand-link quote-citation unfurl struct-item similar-threads suggested-topics "
    "topic-map badge* post-header message-header card-header action-bar post-actions post-controls post-buttons "
    "tools avatar-badge online-users who-is-online forum-stats jump-box jumpbox quick-reply quickreply notice "
    "reply-form"
)

#: Furniture, unless it holds much of the prose of the page.
FURNITURE = Words(
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
)

#: Containers that are named for what they hold: the text of one article.
BODY = Words(
    "article-body articlebody article-content article-text articletext article-copy article-main entry-content "
    "post-content postcontent post-body postbody post-text post-entry story-body storybody story-content "
    "story-text story-copy body-copy bodytext body-text body-content content-body contentbody content-text "
    "news-text newstext news-content news-body blog-content blog-body blog-post-body blog-post-content "
    "single-content rich-text richtext text-content textcontent artikel-text artikeltext article-inhalt "
    "field-name-body field--name-body article-detail news-detail page-content main-content maincontent the-content "
    "td-post-content hentry node-content mw-parser-output markdown-body"
)

#: What leads to other pages, where there is text before it; above the text it is the standfirst.
TEASER = Words("teaser* buybox*")

#: Standfirsts: between headline and body, part of the text.
LEAD = Words(
    "lead lede standfirst stand-first deck dek sub-title subtitle subhead* sub-headline subheadline summary "
    "excerpt intro introduction chapo chapeau sommario occhiello vorspann teaser-text abstract sapo description "
    "entradilla bajada preamble preface ingress manchet perex kicker-text article-lead article-intro page-intro"
)

CAPTION = Words(
    "caption* figcaption* photo-credit image-credit img-credit photocredit imagecredit credit credits copyright* "
    "bildunterschrift* image-desc* img-desc* image-title image-meta picture-text bildtext*"
)

#: Boxes that are made for a picture.
PICTURE = Words("image* photo* picture* img bild foto* imagen media-object visual thumbnail* newsitem-image")
