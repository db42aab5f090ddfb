"""Phrases of the web's furniture, in the languages that news is read in. Data; who uses them says for what."""

from __future__ import annotations

import re

_LINES = """
    advertisement, advertising, ad, sponsored, sponsored content, promoted, share, share this,
    share this article, share this story, share on facebook, share on twitter, tweet, print,
    print this page, email, e-mail, facebook, twitter, whatsapp, linkedin, copy link, link copied, save,
    bookmark, listen, listen to this article, play, pause, read more, read now, learn more, more,
    see more, show more, show less, view more, continue reading, keep reading, read next, read also,
    also read, related, related articles, related stories, related posts, related topics,
    related content, related news, you may also like, you might also like, recommended,
    recommended for you, more from, more on this, more on this story, more stories, top stories,
    most read, most popular, trending, trending now, editor's picks, editors' picks, comments,
    leave a comment, post a comment, leave a reply, join the conversation, sign up, sign in, log in,
    subscribe, subscribe now, subscribe to our newsletter, newsletter, follow us, follow,
    table of contents, contents, on this page, in this article, jump to, back to top, loading, menu,
    search, home, tags, topics, filed under, about the author, about the authors, author,
    share this post, image source, getty images, view comments, previous, next, next article,
    previous article, download, download pdf, view gallery, watch, video, anzeige, werbung, teilen,
    drucken, artikel drucken, merken, vorlesen, mehr, mehr lesen, mehr dazu, mehr zum thema,
    lesen sie auch, lesen sie mehr, auch interessant, das könnte sie auch interessieren,
    das könnte dich auch interessieren, weiterlesen, zum thema, kommentare, kommentieren,
    newsletter abonnieren, jetzt abonnieren, abonnieren, inhalt, inhaltsverzeichnis, schlagwörter,
    themen, startseite, nach oben, zurück, weiter, quelle, passend zum artikel, publicité, partager,
    imprimer, lire aussi, à lire aussi, lire plus, lire la suite, sur le même sujet, commentaires,
    voir aussi, s'abonner, abonnez-vous, sommaire, publicidad, compartir, imprimir, leer más,
    lee también, leer también, te puede interesar, también te puede interesar, noticias relacionadas,
    comentarios, suscríbete, temas, etiquetas, ver más, más información, relacionadas, pubblicità,
    condividi, stampa, leggi anche, leggi di più, commenti, iscriviti, publicidade, compartilhar,
    partilhar, leia também, leia mais, veja também, comentários, saiba mais, reklama, udostępnij,
    czytaj także, czytaj też, czytaj więcej, zobacz także, zobacz też, komentarze, reklam, paylaş,
    ilgili haberler, annons, dela, läs mer, läs också, läs även, kommentarer, annonse, del, les også,
    les mer, reklame, læs også, læs mere, advertentie, delen, lees ook, lees meer, lees verder, reacties,
    mainos, jaa, lue myös, lue lisää, реклама, поделиться, читайте также, читать далее, комментарии,
    подписаться, теги, читайте також, 広告, シェア, 関連記事, 続きを読む, コメント, 광고, 공유, 공유하기,
    관련기사, 관련 기사, 댓글, 인쇄, 더보기, 구독, 广告, 分享, 相关阅读, 相关文章, 评论, 阅读更多, إعلان,
    مشاركة, اقرأ أيضا, اقرأ أيضًا, اقرأ المزيد, تعليقات, مواضيع ذات صلة, quảng cáo, chia sẻ, xem thêm,
    bình luận
"""

_SECTIONS = (
    "related|more (?:from|stories|articles|posts|news|to explore)|you (?:may|might)|about (?:the )?authors?|"
    "recommended|recent (?:posts|articles|news)|latest (?:posts|articles|news|stories)|"
    "popular (?:posts|articles|stories)|most (?:read|popular|viewed)|trending|share (?:this|on|the)|subscribe|"
    "sign up|get (?:our|the latest)|join (?:our|the)|newsletter|follow|leave a|comments?$|"
    "read (?:next|more|also)|keep reading|further reading|what to read|don.t miss|next up|support (?:us|our)|"
    "donate|stay (?:informed|connected|up)|never miss|contact us|our (?:latest|newsletter)|lesen sie|"
    "mehr (?:zum|von|aus|zu|themen)|"
    "weitere (?:artikel|themen|beiträge|nachrichten|meldungen|news|informationen)|ähnliche|verwandte|"
    "das könnte|auch interessant|neueste|aktuelle (?:beiträge|meldungen|artikel)|über (?:den autor|die autor)|"
    "zur person|passend|empfehlung|empfohlene|meistgelesen|beliebte|schlagw|noch mehr|mehr$|sur le même|à lire|"
    "lire aussi|articles? (?:liés|similaires|récents|connexes)|les plus lus|dans la même|pour aller plus loin|"
    "à propos de l|artículos relacionados|noticias relacionadas|te puede|lo más|más (?:de|sobre|noticias|leíd)|"
    "temas|relacionad|leggi anche|articoli correlati|potrebbe|leia (?:também|mais)|veja (?:também|mais)|"
    "mais lidas|notícias relacionadas|lees (?:ook|meer)|meer over|gerelateerd|läs (?:mer|också|även)|"
    "les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)|czytaj|zobacz|polecane|podobne|читайте|похожие|関連|"
    "おすすめ|人気|관련|추천|많이 본|相关|推荐|اقرأ|مواضيع"
)

#: Short lines that belong to the page, not to the text; compared in lower case without what ends them.
LINES = frozenset(" ".join(line.split()) for line in _LINES.split(","))

#: Beginnings of headings, in lower case, under which nothing of the article stands.
SECTION = re.compile(f"(?:{_SECTIONS})")
