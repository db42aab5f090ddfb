"""Words of class and id attributes, and of headings, that say what a part of a page is. Data and their compilation."""

from __future__ import annotations

import re
from functools import lru_cache


_PART = re.compile(r"[A-Za-z0-9]+")
_CAMEL = re.compile(r"[A-Z]+(?![a-z0-9])|[A-Z]?[a-z0-9]+")
# What turns the word after it around: "with-sidebar" is what stands beside a sidebar.
_TURNING = frozenset({"has", "with", "no", "without", "above", "below", "before", "and", "non", "overflow"})


def words_of(name: str) -> frozenset[str]:
    """The words of one class or id, in lower case, and each two or three that follow each other written as one.

    ``read-more``, ``read_more``, ``readMore`` and ``readmore`` all give "readmore". Digits cling to letters, so that
    what a program made up (``css-1ad4b``) gives no word.
    """
    words: list[str] = []
    for part in _PART.findall(name):
        if not (part.islower() or part.isupper()):
            words.extend(word.lower() for word in _CAMEL.findall(part) if len(word) > 3 or len(part) == len(word))
        words.append(part.lower())
    if not _TURNING.isdisjoint(words):
        words = [word for place, word in enumerate(words) if place == 0 or words[place - 1] not in _TURNING]
    pairs = [first + second for first, second in zip(words, words[1:], strict=False)]
    triples = [pair + third for pair, third in zip(pairs, words[2:], strict=False)]
    return frozenset(words + pairs + triples)


class Words:
    """A vocabulary. ``a-b`` stands for the two words after each other; ``word*`` for all that begins with it."""

    def __init__(self, words: str) -> None:
        entries = words.replace("-", "").split()
        self.whole = frozenset(entry.rstrip("*") for entry in entries)
        self.beginnings = tuple(entry[:-1] for entry in entries if entry.endswith("*"))
        # The same few thousand classes are asked for again and again.
        self._stands_in = lru_cache(maxsize=16384)(self._look_up)

    def stand_in(self, names: str) -> bool:
        """Whether one of them is among the words of a class and id string."""
        return any(map(self._stands_in, names.split()))

    def _look_up(self, name: str) -> bool:
        words = words_of(name)
        if not self.whole.isdisjoint(words):
            return True
        return bool(self.beginnings) and any(word.startswith(self.beginnings) for word in words)


#: Talk of readers, however much of it there is.
TALK = Words("comment* disqus* respond livefyre* kommentar* comentario* commentaire*")

#: What stands around the posts of forums: who wrote them and how often, signatures, other threads.
FORUM = Words(
    "user-title user-extras extra-user-info user-info user-details postprofile post-profile profile* last-edit edited-by "
    "signature* sig expand-link quote-citation unfurl struct-item similar-threads suggested-topics topic-map badge* "
    "post-header message-header card-header action-bar post-actions post-controls post-buttons tools avatar-badge "
    "online-users who-is-online forum-stats jump-box jumpbox quick-reply quickreply notice reply-form"
)

#: Furniture, unless it holds much of the prose of the page.
FURNITURE = Words(
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
    "byline* author authors authorbio authorbox authorprofile author-* about-author about-the-author saboxplugin* "
    "header-meta buttons button-wrapper button-container block-button disclaimer* toc toc-* ez-toc* table-of-content* "
    "post-meta postmeta entry-meta entrymeta article-meta articlemeta meta-data metadata post-info post-tags "
    "tags taglist tag-list tagcloud tags-links article-tags cat-links dateline timestamp copyright* "
    "rating* vote* poll reactions like-button feedback "
    # covers
    "cookie* consent gdpr onetrust* ot-sdk* didomi* usercentrics* qc-cmp* truste* sp-message cmp-banner cmpbox "
    "twitter-tweet instagram-media tiktok-embed wp-embedded-content embed-is-type fb-post bluesky-embed "
    " modal popup pop-up overlay lightbox login tooltip toast "
    # hidden
    "visually-hidden sr-only screen-reader-text screen-reader print-only only-print noprint no-print "
)

#: Containers that are named for what they hold: the text of one article.
BODY = Words(
    "article-body articlebody article-content article-text articletext article-copy article-main entry-content "
    "post-content postcontent post-body postbody post-text post-entry story-body storybody story-content story-text "
    "story-copy body-copy bodytext body-text body-content content-body contentbody content-text news-text newstext "
    "news-content news-body blog-content blog-body blog-post-body blog-post-content single-content rich-text richtext text-content textcontent "
    "artikel-text artikeltext article-inhalt field-name-body field--name-body article-detail news-detail page-content "
    "main-content maincontent the-content td-post-content hentry node-content mw-parser-output markdown-body"
)

#: Standfirsts: between headline and body, part of the text.
LEAD = Words(
    "lead lede standfirst stand-first deck dek sub-title subtitle subhead* sub-headline subheadline summary excerpt "
    "intro introduction chapo chapeau sommario occhiello vorspann teaser-text abstract sapo description entradilla "
    "bajada preamble ingress manchet perex kicker-text article-lead"
)

CAPTION = Words(
    "caption* figcaption* photo-credit image-credit img-credit photocredit imagecredit credit credits copyright* "
    "bildunterschrift* image-desc* img-desc* image-title image-meta picture-text bildtext*"
)

#: Short lines that belong to the page, not to the text; compared in lower case without what ends them.
LINES = frozenset(
    line.strip()
    for line in """
    advertisement, advertising, ad, sponsored, sponsored content, promoted, share, share this, share this article,
    share this story, share on facebook, share on twitter, tweet, print, print this page, email, e-mail, facebook,
    twitter, whatsapp, linkedin, copy link, link copied, save, bookmark, listen, listen to this article, play, pause,
    read more, read now, learn more, more, see more, show more, show less, view more, continue reading, keep reading,
    read next, read also, also read, related, related articles, related stories, related posts, related topics,
    related content, related news, you may also like, you might also like, recommended, recommended for you,
    more from, more on this, more on this story, more stories, top stories, most read, most popular, trending, trending now,
    editor's picks, editors' picks, comments, leave a comment, post a comment, leave a reply, join the conversation,
    sign up, sign in, log in, subscribe, subscribe now, subscribe to our newsletter, newsletter, follow us, follow,
    table of contents, contents, on this page, in this article, jump to, back to top, loading, menu, search, home, tags,
    topics, filed under, about the author, about the authors, author, share this post, image source, getty images,
    view comments, previous, next, next article, previous article, download, download pdf, view gallery, watch, video,
    anzeige, werbung, teilen, drucken, artikel drucken, merken, vorlesen, mehr, mehr lesen, mehr dazu, mehr zum thema,
    lesen sie auch, lesen sie mehr, auch interessant, das könnte sie auch interessieren, das könnte dich auch interessieren,
    weiterlesen, zum thema, kommentare, kommentieren, newsletter abonnieren, jetzt abonnieren, abonnieren, inhalt,
    inhaltsverzeichnis, schlagwörter, themen, startseite, nach oben, zurück, weiter, quelle, passend zum artikel,
    publicité, partager, imprimer, lire aussi, à lire aussi, lire plus, lire la suite, sur le même sujet, commentaires,
    voir aussi, s'abonner, abonnez-vous, sommaire, publicidad, compartir, imprimir, leer más, lee también, leer también,
    te puede interesar, también te puede interesar, noticias relacionadas, comentarios, suscríbete, temas, etiquetas,
    ver más, más información, relacionadas, pubblicità, condividi, stampa, leggi anche, leggi di più, commenti, iscriviti,
    publicidade, compartilhar, partilhar, leia também, leia mais, veja também, comentários, saiba mais, reklama, udostępnij,
    czytaj także, czytaj też, czytaj więcej, zobacz także, zobacz też, komentarze, reklam, paylaş, ilgili haberler,
    annons, dela, läs mer, läs också, läs även, kommentarer, annonse, del, les også, les mer, reklame, læs også, læs mere,
    advertentie, delen, lees ook, lees meer, lees verder, reacties, mainos, jaa, lue myös, lue lisää, реклама, поделиться,
    читайте также, читать далее, комментарии, подписаться, теги, читайте також, 広告, シェア, 関連記事, 続きを読む, コメント,
    広告, 광고, 공유, 공유하기, 관련기사, 관련 기사, 댓글, 인쇄, 더보기, 구독, 广告, 分享, 相关阅读, 相关文章, 评论, 阅读更多,
    إعلان, مشاركة, اقرأ أيضا, اقرأ أيضًا, اقرأ المزيد, تعليقات, مواضيع ذات صلة, quảng cáo, chia sẻ, xem thêm, bình luận
    """.split(",")
)

#: Beginnings of headings under which nothing of the article stands.
SECTION = re.compile(
    "(?:related|more (?:from|stories|articles|posts|news|to explore)|you (?:may|might)|about (?:the )?authors?|recommended"
    "|recent (?:posts|articles|news)|latest (?:posts|articles|news|stories)|popular (?:posts|articles|stories)|most (?:read|popular|viewed)|trending"
    "|share (?:this|on|the)|subscribe|sign up|get (?:our|the latest)|join (?:our|the)|newsletter|follow|leave a|comments?$"
    "|read (?:next|more|also)|keep reading|further reading|what to read|don.t miss|next up"
    "|support (?:us|our)|donate|stay (?:informed|connected|up)|never miss|contact us|our (?:latest|newsletter)"
    "|lesen sie|mehr (?:zum|von|aus|zu|themen)|weitere (?:artikel|themen|beiträge|nachrichten|meldungen|news|informationen)"
    "|ähnliche|verwandte|das könnte|auch interessant|neueste|aktuelle (?:beiträge|meldungen|artikel)|über (?:den autor|die autor)"
    "|zur person|passend|empfehlung|empfohlene|meistgelesen|beliebte|schlagw|noch mehr|mehr$"
    "|sur le même|à lire|lire aussi|articles? (?:liés|similaires|récents|connexes)|les plus lus|dans la même|pour aller plus loin"
    "|à propos de l|artículos relacionados|noticias relacionadas|te puede|lo más|más (?:de|sobre|noticias|leíd)|temas|relacionad"
    "|leggi anche|articoli correlati|potrebbe|leia (?:também|mais)|veja (?:também|mais)|mais lidas|notícias relacionadas"
    "|lees (?:ook|meer)|meer over|gerelateerd|läs (?:mer|också|även)|les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)"
    "|czytaj|zobacz|polecane|podobne|читайте|похожие|関連|おすすめ|人気|관련|추천|많이 본|相关|推荐|اقرأ|مواضيع)"
)
