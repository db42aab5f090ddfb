"""Words of lines that change at each look and say nothing: counters, reading times, relative times. Data only.

Grouped by what a word does in such a line, one language after the other. `ingest.dedup.noise` decides what is a line of
noise: one that holds a number and only these words, at least one of them a counter or a word of an editing time.
"""

# ruff: noqa: E501 (signs of Chinese and Japanese count twice, and one line a language is easier to check)
from __future__ import annotations

import re
import unicodedata


def _words(text: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKC", text).casefold().split())


#: What is counted beside an article.
COUNTERS = _words("""
    view views read reads reader readers share shares shared comment comments like likes reaction reactions reply replies
    retweets tweets claps upvotes clicks plays bookmarks reading
    aufrufe aufruf abrufe klicks zugriffe kommentar kommentare lesedauer lesezeit leser geteilt teilen
    vues vue lectures lecteurs partages partage commentaires commentaire réactions réaction clics
    visualizaciones vistas lectura lecturas lectores compartidos compartido comentarios comentario reacciones veces
    visualizações visualização leituras leitores compartilhamentos partilhas comentários comentário curtidas gostos
    visualizzazioni letture lettori condivisioni commenti commento reazioni lettura
    weergaven gelezen lezers gedeeld reacties reactie leestijd keer bekeken
    просмотров просмотра просмотры просмотр комментариев комментария комментарии комментарий репостов репоста лайков
    прочтений читателей поделились переглядів коментарів коментарі
    görüntüleme görüntülenme okunma okuma paylaşım yorum beğeni kez okundu tıklanma
    مشاهدة مشاهدات قراءة قراءات تعليق تعليقات مشاركة مشاركات إعجاب
    visningar läsningar delningar kommentarer gillar visninger kommentar delinger lesere
    wyświetleń wyświetlenia wyświetlenie odsłon komentarzy komentarze komentarz udostępnień polubień
    lượt xem bình luận chia sẻ dibaca komentar kali tayangan zobrazení komentářů přečtení
    조회수 조회 댓글 댓글수 공유 공유수 좋아요 추천 추천수 공감 스크랩 읽음
    閲覧数 閲覧 回閲覧 コメント コメント数 シェア いいね アクセス数 アクセス 再生 再生回数 ビュー ブックマーク 件のコメント
    阅读量 阅读数 阅读 浏览量 浏览 浏览次数 点击量 点击数 点击 评论 评论数 分享 转发 点赞 收藏 播放 播放量 人气 次阅读 次浏览 条评论
    閱讀量 閱讀 瀏覽 瀏覽數 瀏覽量 點擊 評論 留言 按讚 轉發 觀看 觀看次數
""")

#: A span of time ends now; or the line says when the page was edited or read through.
MOMENTS = _words("""
    ago updated update refreshed now today yesterday
    vor aktualisiert aktualisierung zuletzt jetzt heute gestern
    hace actualizado actualizada actualización ahora hoy ayer
    actualisé actualisée hier maintenant jour
    atrás há atualizado atualizada atualização agora hoje ontem
    fa aggiornato aggiornata aggiornamento ora oggi ieri
    geleden bijgewerkt zojuist vandaag gisteren
    назад обновлено обновлена обновление сегодня вчера только тому оновлено
    önce güncellendi güncelleme şimdi bugün dün
    منذ قبل تحديث محدث الآن اليوم أمس
    sedan uppdaterad uppdaterat siden oppdatert opdateret nyss
    temu zaktualizowano aktualizacja teraz dziś wczoraj
    trước cập nhật lalu yang diperbarui aktualizováno před
    전 방금 업데이트 수정 최종수정 기사수정 입력 기사입력 오늘 어제 갱신
    前 更新 最終更新 最終更新日 更新日 更新日時 たった今 今日 昨日 本日
    更新于 更新时间 刚刚 今天 昨天 更新時間 剛剛 昨日
""")

#: Words between those: units of time, names of months and days, prepositions. They make no line of noise on their own.
FILLERS = _words("""
    published posted veröffentlicht publiziert publié publicado publicada pubblicato gepubliceerd опубликовано yayınlandı
    publicerad opublikowano نشر 公開 配信 投稿 掲載 등록 발행 게시 发布 发布于 發布 發佈
    min mins minute minutes hour hours hr hrs h m s sec secs second seconds day days week weeks month months year years
    just last on at the of a an in is are was this article story page post time times by and
    k mio tsd million thousand gmt utc bst est edt pst pdt et pt ist cet cest am pm a.m p.m st nd rd th about
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    minuten minute stunde stunden std tag tage tagen woche wochen monat monaten jahr jahren uhr am um der die das den
    diesen artikel dieser beitrag wurde mal bisher stand gerade einer einem ca etwa mrz mär mai okt dez januar februar
    märz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    heure heures jours semaine semaines mois an ans il y a le la les de du des à mis mise dernière fois temps cet article
    janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi
    samedi dimanche
    minuto minutos hora horas día días semana semanas mes meses año años el los las y tiempo lectura última vez este
    artículo un una enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
    miércoles jueves viernes sábado domingo
    dia dias mês anos o os as e tempo leitura última este artigo um uma às em janeiro fevereiro março maio junho julho
    setembro outubro novembro dezembro segunda terça quarta quinta sexta feira
    minuti ora ore giorno giorni settimana settimane mese mesi anno anni il lo gli tempo ultimo ultima questo articolo
    alle gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    minuut minuten uur uren dag dagen week weken maand maanden jaar dit artikel laatst op om tijd
    минут минуты минуту мин часов часа час ч день дня дней неделю недели недель месяц месяца месяцев год года лет г в
    время чтения хвилин годин января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    dakika dk saat gün hafta ay yıl son bu haber sn ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım
    aralık süresi
    دقيقة دقائق ساعة ساعات يوم أيام أسبوع أسابيع شهر أشهر سنة آخر في وقت
    minut minuter timme timmar dagar vecka veckor för minutt minutter time timer dage för minuty godzin godziny godzinę
    godz dni dzień tydzień tygodni czas czytania
    phút giờ ngày tuần tháng menit jam hari minggu bulan hodin dny minutami
    분 시간 일 주 개월 달 년 월 시 초 오전 오후 읽기 읽는 소요 약 총 개 회 명 건 번 이 기사
    分 分間 時間 日 日前 週間 ヶ月 か月 カ月 年 月 時 秒 午前 午後 読了 約 件 回 人 この記事 で読めます 読了時間 の 前に
    分钟 小时 天 周 个月 上午 下午 次 条 人 万 千 约 共 本文 分鐘 小時 個月 則 篇 需 预计 时间 時間
""")

#: Lines of a page that end as sentences do and are none of its text: rights, credits, calls to sign up and to share.
FURNITURE = re.compile(
    r"^(?:©|ⓒ|\(c\)|copyright|photo|foto|image|bild|crédit|credit|imagen|写真|사진|图片|圖|share|teilen|partager|compart|condivid|поделит)"
    r"|all rights reserved|alle rechte vorbehalten|tous droits réservés|derechos reservados|diritti riservati"
    r"|direitos reservados|wszelkie prawa|все права защищены|無断転載|무단 ?전재|版权所有|版權所有|حقوق محفوظة"
    r"|newsletter|sign up (?:for|to|here|now)|follow us|folgen sie uns|suivez-nous|síguenos|seguici|siga-nos"
    r"|download (?:the|our) app|подпис(?:ывай|аться)|подпишитесь|メルマガ|フォロー|뉴스레터|关注我们|關注我們"
)
