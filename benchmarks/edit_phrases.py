"""What pages say in place of a text, beside it and of it, for the recipes of `edit_pairs`. Data only."""

from __future__ import annotations

#: Language → walls, each a title (empty: that of the article) and its lines. The first of each is a subscription.
WALLS: dict[str, list[tuple[str, ...]]] = {
    "en": [
        ("", "Subscribe to read this article.", "Already a subscriber? Log in."),
        ("", "Subscribe to read this article."),
        ("Just a moment...", "Checking your browser before accessing the site.", "Please allow up to five seconds."),
        ("Paper", "We and our partners use cookies and store information on your device.", "Accept all cookies"),
        ("Log in | Paper", "Please log in to continue.", "Forgot your password?"),
        ("", "This content is not available in your country due to legal reasons."),
    ],
    "de": [
        ("", "Diesen Artikel lesen Sie mit einem Abo.", "Jetzt abonnieren und weiterlesen, jederzeit kündbar."),
        (
            "Zustimmung",
            "Wir und unsere 140 Partner speichern Cookies.",
            "Ihre Zustimmung können Sie jederzeit widerrufen.",
        ),
        ("Anmelden", "Bitte melden Sie sich an, um weiterzulesen.", "Passwort vergessen?"),
        ("", "Bitte aktivieren Sie JavaScript.", "Ihr Browser wird überprüft."),
    ],
    "fr": [
        ("", "Cet article est réservé aux abonnés.", "Pour lire la suite, abonnez-vous sans engagement."),
        ("Connexion", "Identifiez-vous pour continuer.", "Mot de passe oublié ?"),
        ("", "Nous et nos partenaires utilisons des cookies.", "Votre consentement peut être retiré à tout moment."),
    ],
    "es": [
        ("", "Contenido exclusivo para suscriptores.", "Suscríbete para seguir leyendo y cancela cuando quieras."),
        ("Iniciar sesión", "Debes iniciar sesión para continuar.", "¿Olvidaste tu contraseña?"),
        ("", "Utilizamos cookies en su dispositivo.", "Aceptar todas las cookies"),
    ],
    "it": [
        ("", "Contenuto riservato agli abbonati.", "Abbonati per continuare a leggere, disdici quando vuoi."),
        ("", "Questo sito utilizza cookie.", "Accetta tutti i cookie"),
    ],
    "pt": [
        ("", "Conteúdo exclusivo para assinantes.", "Assine para continuar lendo e cancele quando quiser."),
        ("", "Utilizamos cookies no seu dispositivo.", "Aceitar todos os cookies"),
    ],
    "ru": [
        ("", "Материал доступен только для подписчиков.", "Оформите подписку, чтобы читать дальше."),
        ("Вход", "Войдите, чтобы продолжить чтение.", "Забыли пароль?"),
    ],
    "ja": [
        ("", "この記事は有料会員限定です。", "続きを読むには有料会員登録が必要です。"),
        ("ログイン", "ログインしてください。", "パスワードをお忘れの方はこちら。"),
        ("", "クッキーを使用しています。", "同意して続ける"),
    ],
    "ko": [
        ("", "이 기사는 유료 회원 전용입니다.", "구독하시면 나머지 기사를 읽으실 수 있습니다."),
        ("로그인", "로그인이 필요합니다.", "아직 회원이 아니신가요?"),
    ],
    "zh": [
        ("", "本文为会员专享内容。", "订阅后继续阅读全文。"),
        ("登录", "请先登录。", "还没有账号？"),
    ],
    "tr": [("", "Bu içerik sadece aboneler içindir.", "Okumaya devam etmek için abone olun.")],
    "ar": [("", "هذا المحتوى حصري للمشتركين.", "اشترك الآن لمواصلة القراءة.")],
}

ERRORS: list[tuple[str, ...]] = [
    ("404 Not Found", "Sorry. It may have been moved. Try the search."),
    ("Page not found | Paper", "The page may have been moved or deleted."),
    ("Seite nicht gefunden", "Die Seite wurde verschoben oder gelöscht."),
    ("Error", "Something went wrong. Please try again later."),
    ("Ocorreu um erro", "Não foi possível carregar a página neste momento. Tente novamente em alguns minutos."),
    ("", "An unexpected error has occurred. Our team has been notified."),
    ("Page introuvable", "Retour à l'accueil."),
    ("お探しのページは見つかりませんでした", "移動したか、削除された可能性があります。"),
    ("페이지를 찾을 수 없습니다", "주소가 바뀌었거나 삭제되었습니다."),
]

#: Lines that a redesign leaves around a text.
FURNITURE: list[tuple[str, ...]] = [
    ("Home", "Politics", "Economy", "Sports"),
    ("Share", "Print", "Comments 12"),
    ("14 March 2026, 12:30", "By Ada Quill", "Photo: Paper"),
    ("Home > Region > Harbour",),
    ("@Politics", "@Economy", "@Culture", "Most read"),
    ("Aktualisiert: 02.03.2026, 08:15", "Merken", "Drucken", "Teilen"),
    ("글자 크기", "입력 2026.03.02 08:00", "댓글 3", "공유"),
    ("2026年3月2日 8時00分", "シェア", "印刷"),
    ("Newsletter", "Follow us", "About us", "Contact"),
]

#: A line of noise at two looks.
COUNTERS: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("1,234 views", "1,311 views"),
        ("Updated 5 minutes ago", "Updated 12 minutes ago"),
        ("By Ada Quill · 4 min read · 12 comments", "By Ada Quill · 4 min read · 31 comments"),
        ("3 hours ago", "4 hours ago"),
        ("Share 12 | Comments 4", "Share 15 | Comments 9"),
    ],
    "de": [
        ("Aktualisiert vor 5 Minuten", "Aktualisiert vor 2 Stunden"),
        ("1.204 Aufrufe", "1.377 Aufrufe"),
        ("Lesezeit: 3 Minuten | 12 Kommentare", "Lesezeit: 3 Minuten | 14 Kommentare"),
    ],
    "fr": [("Mis à jour il y a 5 minutes", "Mis à jour il y a 2 heures"), ("1 204 vues", "1 377 vues"),
           ("12 commentaires", "15 commentaires")],
    "es": [("Actualizado hace 5 minutos", "Actualizado hace 2 horas"), ("12 comentarios", "14 comentarios"),
           ("1.204 visualizaciones", "1.310 visualizaciones")],
    "it": [("Aggiornato 5 minuti fa", "Aggiornato 2 ore fa"), ("12 commenti", "14 commenti"),
           ("1.204 visualizzazioni", "1.310 visualizzazioni")],
    "pt": [("Atualizado há 5 minutos", "Atualizado há 2 horas"), ("12 comentários", "14 comentários")],
    "nl": [("5 minuten geleden", "2 uur geleden"), ("12 reacties", "14 reacties")],
    "ru": [("Обновлено 5 минут назад", "Обновлено 2 часа назад"), ("1204 просмотра", "1377 просмотров")],
    "tr": [("5 dakika önce güncellendi", "2 saat önce güncellendi"), ("12 yorum", "14 yorum")],
    "ar": [("منذ 5 دقائق", "منذ 12 دقيقة"), ("1204 مشاهدة", "1377 مشاهدة")],
    "ja": [("5分前に更新", "2時間前に更新"), ("閲覧数 1,204", "閲覧数 1,377"), ("コメント12件", "コメント14件")],
    "ko": [("5분 전", "2시간 전"), ("조회수 1,204", "조회수 1,377"), ("댓글 12 | 공감 4", "댓글 14 | 공감 9")],
    "zh": [("5分钟前", "2小时前"), ("阅读量 1204", "阅读量 1377"), ("评论 12", "评论 14")],
}  # fmt: skip

CORRECTED: dict[str, str] = {
    "en": "Correction: an earlier version of this article named the wrong year.",
    "de": "Korrektur: In einer früheren Fassung dieses Textes stand ein falsches Jahr.",
    "fr": "Rectificatif : une version antérieure de cet article donnait une année fausse.",
    "es": "Corrección: una versión anterior de este texto daba un año equivocado.",
    "it": "Correzione: una versione precedente di questo testo riportava un anno sbagliato.",
    "ru": "Исправление: в прежней версии этой статьи был указан неверный год.",
    "ja": "訂正：以前の記事では年が誤っていました。お詫びして訂正します。",
    "ko": "바로잡습니다: 앞선 기사에서 연도를 잘못 적었습니다.",
    "zh": "更正：本文较早版本中的年份有误，特此更正。",
}

MORE: dict[str, str] = {
    "en": "Read more",
    "de": "Weiterlesen",
    "fr": "Lire la suite",
    "es": "Leer más",
    "it": "Leggi tutto",
    "ru": "Читать далее",
    "ja": "続きを読む",
    "ko": "더보기",
    "zh": "阅读更多",
}
