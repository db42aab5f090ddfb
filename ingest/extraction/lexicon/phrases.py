"""Phrases of page furniture in many languages: labels, headings, credits, notices, words of bylines. Data only.

The modules of `ingest.extraction.body` decide where on a page which of them counts.
"""

from __future__ import annotations

import re

_LINES = """
    advertisement, advertising, ad, sponsored, sponsored content, promoted, share, share this, share this article,
    share this story, share on facebook, share on twitter, tweet, print, print this page, email, e-mail, facebook,
    twitter, whatsapp, linkedin, copy link, link copied, save, bookmark, listen, listen to this article, play, pause,
    read more, read now, learn more, more, see more, show more, show less, view more, continue reading, keep reading,
    read next, read also, also read, related, related articles, related stories, related posts, related topics,
    related content, related news, you may also like, you might also like, recommended, recommended for you,
    more from, more on this, more on this story, more stories, top stories, most read, most popular, trending,
    trending now, editor's picks, editors' picks, comments, leave a comment, post a comment, leave a reply,
    join the conversation, sign up, sign in, log in, subscribe, subscribe now, subscribe to our newsletter,
    newsletter, follow us, follow, table of contents, contents, on this page, in this article, jump to, back to top,
    loading, menu, search, home, tags, topics, filed under, about the author, about the authors, author,
    share this post, image source, getty images, view comments, previous, next, next article, previous article,
    download, download pdf, view gallery, watch, video, anzeige, werbung, teilen, drucken, artikel drucken, merken,
    vorlesen, mehr, mehr lesen, mehr dazu, mehr zum thema, lesen sie auch, lesen sie mehr, auch interessant,
    das könnte sie auch interessieren, das könnte dich auch interessieren, weiterlesen, zum thema, kommentare,
    kommentieren, newsletter abonnieren, jetzt abonnieren, abonnieren, inhalt, inhaltsverzeichnis, schlagwörter,
    themen, startseite, nach oben, zurück, weiter, quelle, passend zum artikel, publicité, partager, imprimer,
    lire aussi, à lire aussi, lire plus, lire la suite, sur le même sujet, commentaires, voir aussi, s'abonner,
    abonnez-vous, sommaire, publicidad, compartir, imprimir, leer más, lee también, leer también, te puede interesar,
    también te puede interesar, noticias relacionadas, comentarios, suscríbete, temas, etiquetas, ver más,
    más información, relacionadas, pubblicità, condividi, stampa, leggi anche, leggi di più, commenti, iscriviti,
    publicidade, compartilhar, partilhar, leia também, leia mais, veja também, comentários, saiba mais, reklama,
    udostępnij, czytaj także, czytaj też, czytaj więcej, zobacz także, zobacz też, komentarze, reklam, paylaş,
    ilgili haberler, annons, dela, läs mer, läs också, läs även, kommentarer, annonse, del, les også, les mer,
    reklame, læs også, læs mere, advertentie, delen, lees ook, lees meer, lees verder, reacties, mainos, jaa,
    lue myös, lue lisää, реклама, поделиться, читайте также, читать далее, комментарии, подписаться, теги,
    читайте також, 広告, シェア, 関連記事, 続きを読む, コメント, 광고, 공유, 공유하기, 관련기사, 관련 기사, 댓글,
    인쇄, 더보기, 구독, 广告, 分享, 相关阅读, 相关文章, 评论, 阅读更多, إعلان, مشاركة, اقرأ أيضا, اقرأ أيضًا,
    اقرأ المزيد, تعليقات, مواضيع ذات صلة, quảng cáo, chia sẻ, xem thêm, bình luận, neueste artikel, schon gelesen,
    verwandte artikel, ähnliche artikel, mehr themen, weitere themen, weitere informationen,
    ende der weiteren informationen, häufig gelesen, meistgelesen, externer inhalt, noch keine bewertungen, share it,
    share your story, share this on, latest videos from, latest news, latest posts, noticia relacionada, article lié,
    articles liés, en savoir plus, je m'inscris, je m’inscris, enregistrer, copier le lien, guardar, copiar enlace,
    suscribirme, salvar, quero receber, deixe seu comentário, deja un comentario, laisser un commentaire,
    kommentar schreiben, jetzt anmelden, meistgelesen, les plus lus, lo más leído, mais lidas, распечатать, сохранить,
    оставить комментарий, читать также, материалы по теме, самое читаемое, популярное, シェアする, ツイート, 印刷,
    保存, 登録する, コメントを書く, コメントする, あわせて読みたい, 人気記事, ランキング, アクセスランキング,
    記事一覧, もっと見る, 前の記事, 次の記事, メールマガジン, 많이 본 뉴스, 인기 기사, 추천 기사, 페이스북, 트위터,
    카카오톡, 카카오스토리, 글자 크기, 글씨 크기, 스크랩, 구독하기, 댓글쓰기, 좋아요, 목록, 이전 기사, 다음 기사,
    打印, 收藏, 转发, 点赞, 微信, 微博, 复制链接, 立即订阅, 我要评论, 发表评论, 我要发表评论, 网友评论, 延伸阅读,
    热门文章, 猜你喜欢, 上一篇, 下一篇, 相关新闻, 列印, 留言, 發表留言, 網友留言, 延伸閱讀, 相關新聞, 相關報導,
    熱門新聞, 立即訂閱, 訂閱電子報, 看更多, 更多新聞, 廣告, 上一則, 下一則, فيسبوك, تويتر, واتساب, طباعة, نسخ الرابط,
    شارك, اشترك الآن, أضف تعليقا, أضف تعليقًا, اترك تعليقا, الأكثر قراءة, الوسوم, शेयर करें, प्रिंट, सब्सक्राइब करें,
    टिप्पणियाँ, अपनी टिप्पणी लिखें, संबंधित खबरें, यह भी पढ़ें, और पढ़ें, विज्ञापन
"""

_SECTIONS = (
    "related|more (?:from|stories|articles|posts|news|to explore)|you (?:may|might)|about (?:the )?authors?|"
    "recommended|recent (?:posts|articles|news)|latest (?:posts|articles|news|stories)|"
    "popular (?:posts|articles|stories)|most (?:read|popular|viewed)|trending|share (?:this|on|the)|subscribe|"
    "sign up|get (?:our|the latest)|join (?:our|the)|newsletter|follow|leave a|comments?$|read (?:next|more|also)|"
    "keep reading|further reading|what to read|don.t miss|next up|support (?:us|our)|donate|"
    "stay (?:informed|connected|up)|never miss|contact us|our (?:latest|newsletter)|lesen sie|"
    "mehr (?:zum|von|aus|zu|themen)|weitere (?:artikel|themen|beiträge|nachrichten|meldungen|news|informationen)|"
    "ähnliche|verwandte|das könnte|auch interessant|neueste|aktuelle (?:beiträge|meldungen|artikel)|"
    "über (?:den autor|die autor)|zur person|passend|empfehlung|empfohlene|meistgelesen|beliebte|schlagw|noch mehr|"
    "mehr$|sur le même|à lire|lire aussi|articles? (?:liés|similaires|récents|connexes)|les plus lus|dans la même|"
    "pour aller plus loin|à propos de l|artículos relacionados|noticias relacionadas|te puede|lo más|"
    "más (?:de|sobre|noticias|leíd)|temas|relacionad|leggi anche|articoli correlati|potrebbe|leia (?:também|mais)|"
    "veja (?:também|mais)|mais lidas|notícias relacionadas|lees (?:ook|meer)|meer over|gerelateerd|"
    "läs (?:mer|också|även)|les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)|czytaj|zobacz|polecane|podobne|"
    "читайте|похожие|подпи(?:сыв|ш)|материалы по теме|самое чита|популярн|комментарии|関連|おすすめ|人気|ランキング|"
    "あわせて読|メールマガジン|メルマガ|ニュースレター|コメント|관련|추천|많이 본|인기|뉴스레터|구독|댓글|相关|相關|"
    "推荐|推薦|延伸[阅閱]|热门|熱門|猜你喜|订阅|訂閱|[网網]友|[评評][论論]|留言|发表[评評]|اقرأ|مواضيع|أخبار ذات|"
    "اشترك|النشرة|التعليقات|تعليقات|الأكثر|संबंधित|यह भी|न्यूज़?लेटर|टिप्पणि|सबसे|kommentare\\b|comentarios?\\b|"
    "commentaires?\\b|comentários?\\b|commenti\\b|komentarze|reacties|yorumlar|inscrivez|abonnez|recevez|suscríb|"
    "bolet[ií]n|assine|inscreva|newsletter"
)

#: Short lines that belong to the page, not to the text; compared in lower case without trailing punctuation.
LINES = frozenset(" ".join(line.split()) for line in _LINES.split(","))

#: Beginnings of headings, in lower case, of sections that are not part of the article.
SECTION = re.compile(f"(?:{_SECTIONS})")


def _table(phrases: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in phrases.split("|"))


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Beginnings of short lines that call on the reader or speak about what the page embeds; in lower case.
CALLS = _table("""
    share this on|if you liked this post|if you enjoyed this|latest posts by|this entry was posted|
    you can follow any responses|both comments and pings are|you can leave a response|pingback von|pingback from|
    pingback:|trackback from|trackback von|you must be logged in|you need to log in|you need to login|
    your email address will not be published|required fields are marked|save my name, email|notify me of|
    this site uses akismet|click to share on|posted in |posted by|posted under|as an amazon associate|
    when you buy through links|when you purchase through links|if you buy something through|we may earn a commission|
    anzeige, enthält|enthält affiliate|dieser beitrag wurde am|der beitrag wurde am|dieser eintrag wurde am|
    deine e-mail-adresse wird nicht|ihre e-mail-adresse wird nicht|kommentarfeed|lust auf mehr?|
    votre adresse e-mail ne sera|votre adresse de messagerie ne sera|tu dirección de correo electrónico no será|
    il tuo indirizzo email non sarà|o seu endereço de e-mail não será|sign up for our|sign up to our|
    sign up for the newsletter|sign up here|sign up now|subscribe to our|subscribe to the newsletter|subscribe now|
    subscribe here|subscribe today|get the latest news|get our free|never miss a story|never miss an update|
    never miss the latest|follow us on|join our whatsapp|join our newsletter|click here to subscribe|
    click here to sign up|click here to get the|download our app|for more stories like this|got a story?|
    get in touch with our|do you have a story|do you have a tip|article continues below|story continues below|
    advertisement -|continue reading below|this site is protected by recaptcha|we apologize, but this video|
    try refreshing your browser|tap here to see other videos|you can unsubscribe|thank you for registering|
    please refresh the page|thanks for signing up|thank you for subscribing|by signing up|by subscribing|read also:|
    also read:|also read|read more:|read next:|see also:|watch:|related coverage|more on this topic:|
    recommended reading:|further reading:|related:|don't miss:|you might also like|you may also like|
    what do you think?|let us know in the comments|tell us in the comments|share your thoughts|filed under:|
    published under:|posted in:|tags:|tagged:|tagged with|categories:|lesen sie auch|lesen sie hier|lesen sie mehr|
    lesen sie dazu|lesen sie weiter|lesen sie zum thema|mehr zum thema|mehr dazu:|auch interessant|das könnte sie|
    das könnte dich|das thema könnte|weitere artikel|weitere informationen finden sie|über dieses thema berichtet|
    zum newsletter|jetzt newsletter|newsletter-anmeldung|jetzt abonnieren|jetzt kostenlos anmelden|folgen sie uns|
    folgst du|folge uns|hat ihnen der artikel gefallen|hat ihnen dieser artikel gefallen|hat dir der artikel gefallen|
    war der artikel|war dieser artikel|möchten sie den artikel|den artikel mit anderen teilen|artikel teilen|
    diesen artikel teilen|beitrag teilen|ihre meinung ist uns wichtig|an dieser stelle finden sie einen|
    an dieser stelle findest du einen|an dieser stelle ist ein|empfohlener redaktioneller inhalt|
    empfohlener externer inhalt|externen inhalt anzeigen|externer inhalt|ich bin damit einverstanden, dass mir|
    personenbezogene daten können an|du kannst ihn dir mit einem klick|sie können ihn sich mit einem klick|
    um eingebettete inhalte|schlagwörter:|schlagworte:|themen:|anzeige:|kommentare geschlossen|lire aussi|
    à lire aussi|à lire :|lire également|à voir aussi|voir aussi|article réservé aux abonnés|
    article réservé à nos abonnés|il vous reste|pour ajouter l’article|ajouter à vos sélections|inscrivez-vous à|
    abonnez-vous|recevez la newsletter|suivez-nous|lee también|lea también|leer también|lee además|te puede interesar|
    también te puede|te recomendamos|noticia relacionada|noticias relacionadas|más sobre|suscríbete|síguenos|
    leggi anche|leggi l'articolo|leggi tutto|potrebbe interessarti|iscriviti|seguici|leia também|leia mais|leia ainda|
    veja também|siga-nos|inscreva-se|lees ook|lees meer|meld je aan|läs också|läs även|läs mer|les også|les mer|
    læs også|læs mere|lue myös|lue lisää|czytaj także|czytaj też|czytaj również|zobacz także|zobacz też|
    zobacz również|przeczytaj także|przeczytaj też|читайте также|подписывайтесь|читайте також|підписуйтесь|baca juga|
    xem thêm:|materiał chroniony prawem autorskim|関連記事|【関連記事】|▶관련기사|관련기사|相关阅读|اقرأ أيضا|
    اقرأ أيضًا|اقرأ المزيد|شاهد أيضا|شاهد أيضًا|تابعونا|تابعنا على|اشترك في|الوسوم:|كلمات مفتاحية|यह भी पढ़ें|ये भी पढ़ें|
    इसे भी पढ़ें|टैग:|читать также|материалы по теме|теги:|метки:|подпишитесь на|не пропустите|etiquetas:|tags :|
    mots-clés|mots clés|etiketler:|słowa kluczowe|あわせて読みたい|合わせて読みたい|関連リンク|タグ:|タグ：|
    キーワード:|キーワード：|▼関連|▽関連|■関連記事|関連ニュース|☞|▷|[관련기사]|관련 기사|[관련 기사]|함께 보면|태그:|
    해시태그|기사제보|相关新闻|相关链接|推荐阅读|延伸阅读|点击阅读|点击进入|关键词：|关键词:|关键字：|标签：|更多精彩|
    扫描二维码|扫一扫|关注我们|欢迎关注|相關新聞|相關報導|延伸閱讀|推薦閱讀|更多新聞|看更多|關鍵字：|關鍵字:|標籤：|
    加入line|點我|追蹤我們
""")

#: Beginnings of picture credits.
CREDITS = _table("""
    foto:|foto ©|fotos:|foto/|photo:|photos:|photo by|photo credit|photo courtesy|photos by|photo ©|image:|
    image credit|image courtesy|image by|image via|image source|images:|credit:|credits:|picture:|picture credit|
    bild:|bilder:|bildquelle|bildnachweis|beitragsbild|titelbild|titelfoto|bildcredit|symbolbild|crédit photo|
    crédits photo|crédit :|photo :|image :|image illustrative|foto de|fotografía:|imagen:|imagem:|crédito:|fot.|fot:|
    zdjęcie:|фото:|写真:|写真：|写真＝|写真提供|撮影:|撮影：|撮影＝|사진=|사진 =|사진제공|사진:|图：|图/|图片来源|
    图源|摄影：|圖：|圖／|圖/|圖片來源|（圖|(圖|攝影：|攝影／|صورة:|الصورة:|تصوير:|फोटो:|फोटो साभार|तस्वीर:
""")

#: Beginnings of copyright notices at the end of a text.
RIGHTS = _table("""
    ©|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|
    todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|wszelkie prawa zastrzeżone|ⓒ|
    저작권자|무단전재|무단 전재|все права защищены|любое использование материалов|перепечатка|無断転載|著作権|
    版权所有|版权声明|未经授权|未经许可|转载请注明|版權所有|未經授權|未經許可|轉載請註明|著作權|جميع الحقوق محفوظة|
    حقوق النشر|सर्वाधिकार
""")

#: The words of lines that hold nothing but a date, a time or a reading time.
STAMP_WORDS = _words("""
    published updated posted modified last on at date ago words hour hours hrs min mins minute minutes read reading
    time day days week weeks gmt utc bst est edt pst pdt et pt ist cet cest am pm th st nd rd of monday tuesday
    wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun veröffentlicht aktualisiert
    publiziert erstellt zuerst stand uhr lesedauer lesezeit minuten vom am um den online seit heute montag dienstag
    mittwoch donnerstag freitag samstag sonnabend sonntag publikationsdatum geändert publié modifié mis à jour le
    lecture de temps heures h lundi mardi mercredi jeudi vendredi samedi dimanche publicado actualizado a las el del
    horas hora lunes martes miércoles jueves viernes sábado domingo lectura pubblicato aggiornato alle ore il modifica
    minuti lettura lunedì martedì mercoledì giovedì venerdì sabato domenica atualizado às em leitura gepubliceerd
    bijgewerkt gewijzigd publicerad uppdaterad publisert oppdatert opdateret udgivet opublikowano aktualizacja godz
    опубликовано обновлено изменено назад минут минуты часов часа час вчера сегодня г в понедельник вторник среда
    четверг пятница суббота воскресенье às atualizada feira segunda terça quarta quinta sexta نشر تم في آخر تحديث
    الساعة م ص بتوقيت غرينتش السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة منذ دقائق ساعات प्रकाशित अपडेट
    अपडेटेड पर को बजे ist मिनट पहले घंटे 입력 수정 등록 년 월 일 오전 오후 年 月 日 時 分 更新 公開 配信 投稿 掲載
    午前 午後 最終更新 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 土 火 水 木 金 发布 发布时间 发布于 更新时间
    时间 发表 发表于 上午 下午 星期 時間 發布 發佈 發布時間 發佈時間 發表 更新時間 年月日 승인 기사입력 기사수정
    최종수정 업데이트 작성 송고 게재 시 분 초 전
""")

#: First words of bylines.
BYLINES = _words("""
    by von di par por af av door autor author text texto texte words redaktion story автор текст بقلم كتب كتبت
    लेखक लेखिका द्वारा""")
#: Words between the names of a byline, and beside those of agencies.
BYLINE_JOINTS = _words("""
    and und et y e i en og och & mit with dpa afp ap de der van von den di da del la le für for quelle source
    fonte fuente infocom material by
""")
#: The abbreviations with which news agencies sign.
AGENCIES = _words("""
    dpa apa sda afp ap reuters kna epd sid ansa efe ntb ritzau pap tass interfax belga anp lusa xinhua yonhap
    kyodo upi pti ians ani agenturmaterial agenturen
""")

#: Whole bylines of China, Japan and Taiwan: "文・野崎花", "記者林雨桐／溪口報導", "责任编辑：周宁".
CJK_BYLINE = re.compile(
    r"[（(【\[]?(?:文|取材|取材・文|執筆|筆者|写真|編集|撰文|作者|来源|來源|[责責]任[编編][辑輯]|[责責][编編]"
    r"|[编編][辑輯]|[审審]核|校[对對])"
    r"\s?[・:：／/＝=][^。！？!?]{1,24}[）)】\]]?"
    r"|[（(【\[]?(?:本报|本報|本刊|本网|本網)?(?:记者|記者)[\s:：／/]?[^。！？!?，,]{2,20}[）)】\]]?"
)
