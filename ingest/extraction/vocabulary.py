"""Words of class and id attributes, and of headings, that say what a part of a page is. Data and their compilation."""

from __future__ import annotations

import re


# What turns the word after it around: "with-sidebar" is what stands beside a sidebar.
_TURNED = "(?<!has-)(?<!with-)(?<!no-)(?<!without-)(?<!above-)(?<!below-)(?<!before-)(?<!and-)(?<!non-)(?<!has_)(?<!with_)"


def names_pattern(words: str) -> re.Pattern[str]:
    """Matches class and id strings in which one of ``words`` stands as a word.

    ``a-b`` stands for a-b, a_b, a__b, ab and aB; ``word*`` may go on in lower case, so that "comment*" is also "comments".
    A word begins where no letter or digit precedes it, or with its capital after a lower-case letter (``siteFooter``).
    """
    small, capital = [], []
    for word in words.split():
        end = "" if word.endswith("*") else "(?![a-z0-9])"
        first, *rest = word.rstrip("*").split("-")
        tail = "".join(f"[-_ ]{{0,2}}(?i:{part})" for part in rest)
        small.append(f"(?i:{first}){tail}{end}")
        capital.append(f"{first.capitalize()}{tail}{end}")
    return re.compile(f"{_TURNED}(?:(?<![A-Za-z0-9])(?:{'|'.join(small)})|(?<=[a-z])(?:{'|'.join(capital)}))")


#: Talk of readers, however much of it there is.
TALK = names_pattern("comment* disqus* respond livefyre* kommentar* comentario* commentaire*")

#: Furniture, unless it holds much of the prose of the page.
FURNITURE = names_pattern(
    # sharing and following
    "share* sharing social* addthis* addtoany* sharedaddy jp-post-flair follow-us followus a2a shariff* "
    # other articles
    "related* relacionad* recommend* read-more readmore read-next readnext read-also more-stories more-news more-articles "
    "more-from see-also also-like also-read you-may trending popular most-read mostread most-viewed most-popular "
    "latest-news latest-posts latest-articles recent-posts recent-articles recentposts other-news up-next next-up "
    "recirc* rec-items yarpp* jp-relatedposts zergnet* outbrain* taboola* teads* mgid* "
    # money and addresses
    "newsletter* subscribe* subscription* signup sign-up paywall* donat* promo promos promotion* promobox sponsor* "
    "advert* advertorial ad ads adv adbox ad-box adsense adslot ad-slot adunit ad-unit dfp gpt-ad banner* affiliate* "
    "piano* tinypass* optin opt-in mailchimp* mc-embed* cta call-to-action "
    # ways through the site
    "breadcrumb* nav navbar navigation* menu submenu sidebar* side-bar pagination pager paginat* pagenav page-nav "
    "post-nav postnav nav-links prev-next prevnext toolbar tool-bar skip-link skiplink site-header siteheader "
    "page-header site-footer sitefooter page-footer footer masthead topbar top-bar search-form searchform "
    # of the article, but not its text
    "byline* author-bio authorbio author-box authorbox about-author about-the-author author-info author-card "
    "post-meta postmeta entry-meta entrymeta article-meta articlemeta meta-data metadata post-info post-tags "
    "tags taglist tag-list tagcloud tags-links article-tags cat-links dateline timestamp copyright* "
    "rating* vote* poll reactions like-button feedback "
    # covers
    "cookie* consent gdpr modal popup pop-up overlay lightbox login tooltip toast "
    # hidden
    "visually-hidden sr-only screen-reader-text screen-reader print-only only-print noprint no-print "
)

#: Containers that are named for what they hold: the text of one article.
BODY = names_pattern(
    "article-body articlebody article-content article-text articletext article-copy article-main entry-content "
    "post-content postcontent post-body postbody post-text post-entry story-body storybody story-content story-text "
    "story-copy body-copy bodytext body-text body-content content-body contentbody content-text news-text newstext "
    "news-content news-body blog-content blog-post-content single-content rich-text richtext text-content textcontent "
    "artikel-text artikeltext article-inhalt field-name-body field--name-body article-detail news-detail page-content "
    "main-content maincontent the-content td-post-content hentry node-content mw-parser-output markdown-body"
)

#: Standfirsts: between headline and body, part of the text.
LEAD = names_pattern(
    "lead lede standfirst stand-first deck dek sub-title subtitle subhead* sub-headline subheadline summary excerpt "
    "intro introduction chapo chapeau sommario occhiello vorspann teaser-text abstract sapo description entradilla "
    "bajada preamble ingress manchet perex kicker-text article-lead"
)

CAPTION = names_pattern("caption* wp-caption-text photo-credit image-credit credit credits img-caption legend")
