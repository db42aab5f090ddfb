"""Pages that ask for something in place of an article, and articles about such pages."""

import pytest

from ingest.article import walls

WALLS = [
    ("bot_check", "Just a moment...", "Checking your browser before accessing the site. This takes a few seconds."),
    ("bot_check", "quay.example", "Please verify you are a human. Press and hold to confirm."),
    ("bot_check", "", "Bitte bestätigen Sie, dass Sie ein Mensch sind. Bitte aktivieren Sie JavaScript und Cookies."),
    ("bot_check", "アクセスの確認", "ブラウザーを確認しています。ロボットではないことを証明してください。"),
    ("bot_check", "", "Подтвердите, что вы не робот. Включите JavaScript."),
    ("bot_check", "安全验证", "请输入验证码"),
    ("consent", "The Quay", "We and our 212 partners store cookies on your device. Accept all cookies. Reject all."),
    ("consent", "Zustimmung", "Weiter mit Werbung lesen. Ihre Zustimmung können Sie jederzeit widerrufen."),
    ("consent", "Le Quai", "Nous et nos partenaires utilisons des cookies. Continuer sans accepter. Tout accepter."),
    ("consent", "El Muelle", "Utilizamos cookies propias y de terceros. Aceptar y continuar."),
    ("consent", "Il Molo", "Questo sito utilizza cookie tecnici. Accetta e continua. Continua senza accettare."),
    ("consent", "De Kade", "Wij gebruiken cookies en andere technieken. Cookies toestaan."),
    ("consent", "", "Używamy plików cookie. Akceptuję i przechodzę do serwisu."),
    ("consent", "", "当サイトはクッキーを使用しています。同意して続ける"),
    ("login", "Log in | The Quay", "Welcome back."),
    ("login", "로그인", "이 글은 회원만 볼 수 있습니다. 비밀번호 찾기"),
    ("login", "Вход", "Войдите или зарегистрируйтесь, чтобы читать. Забыли пароль?"),
    ("login", "", "请先登录。登录后即可查看全文。还没有账号？"),
    ("login", "تسجيل الدخول", "يرجى تسجيل الدخول للمتابعة. نسيت كلمة المرور؟"),
    ("subscription", "Bridge opens", "Subscribe to read this article."),
    ("subscription", "Brücke eröffnet", "Diesen Artikel lesen Sie mit einem Abo. Bereits Abonnent? Jetzt testen."),
    ("subscription", "Un pont ouvre", "Cet article est réservé aux abonnés. Déjà abonné ? Il vous reste 80 % à lire."),
    ("subscription", "Abre un puente", "Contenido exclusivo para suscriptores. Para seguir leyendo, suscríbete."),
    ("subscription", "Ponte aberta", "Conteúdo exclusivo para assinantes. Assine para continuar lendo."),
    ("subscription", "橋が開通", "この記事は有料会員限定です。続きを読むには会員登録が必要です。"),
    ("subscription", "다리 개통", "이 기사는 유료 회원 전용입니다. 이미 구독 중이신가요?"),
    ("subscription", "Köprü açıldı", "Bu içerik sadece aboneler içindir. Okumaya devam etmek için abone olun."),
    ("region", "Film of the week", "This video is not available in your country."),
    ("region", "Film der Woche", "Dieser Inhalt ist in Ihrem Land nicht verfügbar."),
    ("region", "Фильм недели", "Материал недоступен в вашей стране."),
    ("age", "年齢確認", "あなたは二十歳以上ですか。"),
    ("age", "The cellar", "Are you over 18? Please confirm your age. Adults only."),
    ("age", "La cave", "Avez-vous plus de 18 ans ? Réservé aux adultes."),
    ("error", "Oops", "Something went wrong. Please try again later."),
    ("error", "Ocorreu um erro", "Não foi possível carregar a página. Tente novamente em alguns minutos."),
    ("error", "오류", "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해 주세요."),
]

#: A title and a text each; a blank line between two of them.
_ARTICLES = """
Libraries drop cookie banners
The town's libraries switched their cookie banners off on Monday. A reader had counted forty-one partners behind
the button that said “Accept all cookies”. The head of the library apologised. She said that the catalogue needs
one cookie, and that nobody had ever looked at the settings of the banner.

Log-in trouble at the ferry company
Passengers could not log in to the app of the ferry company for three days. A certificate had run out on Sunday
night, and the man who renews it was on holiday. From Wednesday on, tickets will be sold without an account, the
company said. The harbour master called this a good idea that came ten years late.

Why papers lock their articles
Half of the papers of the county ask for a subscription now. “Subscribe to read this article” is the sentence
that readers of the county see most often, a study of the university found. It counted eleven thousand pages.
Only one paper in nine leaves everything open, and it belongs to a baker.

Captchas are solved by machines
Programs solve picture puzzles faster than people, researchers wrote on Tuesday. Their machine read the
distorted letters of nine sites in a second. People took eleven. The makers of the puzzles answered that they
look at the movement of the mouse, too.

Gericht kippt Cookie-Banner
Das Landgericht hat einer Reederei am Montag untersagt, den Knopf zum Ablehnen zu verstecken. Geklagt hatte ein
Rentner aus dem Nachbarort. Er hatte gezählt, wie oft er klicken musste, und kam auf vierzehn Mal. Die Reederei
kündigte an, das Urteil zu prüfen. Es ist noch nicht rechtskräftig.

Zeitung verschenkt ihr Abo
Der Kesselbote schenkt jedem Neugeborenen der Stadt ein Abo für ein Jahr. Der Bürgermeister überreichte die
ersten drei Urkunden am Freitag. „Jetzt abonnieren“ steht auf den Lätzchen, die es dazu gibt. Die Eltern lachten
darüber, die Kinder schliefen.

Le boulanger réserve son pain aux abonnés
« Réservé aux abonnés » : l'écriteau est apparu mardi dans la vitrine de la boulangerie. Le boulanger vend
désormais son pain au mois. Trente-deux clients ont signé avant midi. Les autres achètent des croissants, qui
restent libres. La mairie ne voit pas de raison d'intervenir.

Des mots de passe trop simples
Une enquête de l'université montre que le mot de passe le plus utilisé dans le canton est le nom du lac. Un
tiers des comptes de la mairie s'ouvraient ainsi. Le service informatique a tout changé dans la nuit. Le
lendemain, personne ne pouvait plus travailler, et le lac était calme.

El museo retira su muro de pago
El museo abrió el lunes su archivo, que hasta ahora era solo para suscriptores. La directora contó que en un año
se habían suscrito nueve personas, y que dos eran primas suyas. El archivo guarda cartas de marineros desde
1880. Cualquiera puede leerlas desde su casa.

Una app pide la edad para vender vino
La cooperativa estrenó una aplicación que pregunta la edad antes de enseñar los precios. Los socios votaron la
medida en abril. Desde entonces se venden menos botellas, pero las llamadas han subido. El presidente dijo que
la gente prefiere hablar con alguien.

Il comune chiude gli account
Il comune ha chiuso lunedì gli account di tremila cittadini che non avevano mai effettuato il login. Chi vuole
pagare la mensa può farlo di nuovo allo sportello. L'assessore ha ammesso che il portale era troppo difficile.
Ne arriverà un altro in autunno.

Cookies na biblioteca
A biblioteca municipal retirou os avisos de cookies do seu catálogo. Um leitor tinha contado quarenta e um
parceiros no botão. A diretora pediu desculpa na sessão de terça-feira. O catálogo funciona agora sem guardar
nada, e as fichas de papel continuam na gaveta.

Cookiemuur verboden
De toezichthouder legde maandag drie uitgevers een boete op. Zij lieten lezers pas binnen na een klik op
akkoord. Volgens de toezichthouder is dat geen vrije keuze. Twee uitgevers gaan in beroep, de derde haalde de
muur dezelfde middag weg.

Ciasteczka pod lupą
Urząd sprawdził w maju dziewięćdziesiąt stron gmin. Na połowie z nich przycisk odmowy był niewidoczny. Burmistrz
przyznał, że nikt nie czytał umowy z dostawcą. Nowa strona ma być gotowa jesienią, a stara przestanie działać w
lipcu.

Роботы и люди
В университете научили программу решать картинки с светофорами. Она справляется за секунду. Студенты в среднем
тратят одиннадцать. Профессор сказал, что следующим шагом будут задачи с котами. Деньги на это дал местный банк.

Köprüde kimlik sorma dönemi bitti
Belediye, köprüden geçenlere yaş sorulmasını kaldırdı. Karar salı günü alındı. Köprünün bekçisi otuz yıldır ilk
kez sabahı evinde geçirdi. Şimdi geçiş için ne üyelik gerekiyor ne de bilet. Balıkçılar memnun.

クッキーの同意、押すのは何回
市の図書館は月曜、目録のページから同意を求める表示を外した。きっかけは元郵便局員の手紙だった。「同意して続け
る」というボタンの先に四十一社の名前が並んでいたという。館長は会見で、設定を一度も見ていなかったと話した。目
録に必要なクッキーは一つだけだった。

有料会員をやめた新聞
港町の新聞が四月から記事をすべて無料にした。会員は三年で九人しか増えなかった。社長によると、うち二人は親類だ
。広告の収入は半分になったが、読者は十倍になった。町の人は駅の壁に貼られた紙面を今も読んでいる。

“로그인이 필요합니다” 버스 앱 먹통
군의 버스 앱이 사흘 동안 같은 말만 되풀이했다. 서버의 인증서가 일요일 자정에 만료됐지만 담당자는 휴가
중이었다. 주민들은 걸어서 고개를 넘었다. 군은 앞으로 누구나 버스 시각을 볼 수 있게 하겠다고 밝혔다.

구독 경제, 빵집까지
읍내 빵집이 한 달에 만 원을 내면 날마다 빵 하나를 주기로 했다. 첫날 서른두 명이 이름을 적었다. 주인은
밀가루 값이 올라 앞일을 알고 싶었다고 말했다. 옆 꽃집도 같은 생각을 하고 있다.

图书馆不再要求登录
市图书馆周一宣布，查书目不用再注册账号。此前三年，有两千名读者忘记了密码。馆长说，柜台每天要回答四十次同样的
问题。新的目录没有广告，也不保存任何记录。读者可以在家里查，也可以在车站的屏幕上查。

المكتبة تلغي التسجيل
ألغت مكتبة المدينة يوم الاثنين شرط التسجيل لقراءة الفهرس. وقال المدير إن ألفي قارئ لم يتذكروا كلماتهم السرية.
الفهرس الجديد بلا إعلانات. ويمكن البحث فيه من البيت أو من شاشة في المحطة.
"""
ARTICLES = [article.split("\n", 1) for article in _ARTICLES.strip().split("\n\n")]


@pytest.mark.parametrize(("kind", "title", "text"), WALLS)
def test_a_page_that_asks_for_something_else_is_a_wall(kind: str, title: str, text: str) -> None:
    assert walls.kind_of(title, text) == kind


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_an_article_about_walls_is_an_article(title: str, text: str) -> None:
    assert walls.kind_of(title, text) is None


def test_a_long_text_is_no_wall_whatever_it_says() -> None:
    assert walls.kind_of("", "Please log in to continue. " * 52) == "login"
    assert walls.kind_of("", "Please log in to continue. " * 53) is None


def test_a_wall_may_say_other_things_too_but_not_mostly() -> None:
    said = "Subscribe to read this article. Already a subscriber? "
    assert walls.kind_of("The ferry", said + "The ferry to the island is late today.") == "subscription"
    assert (
        walls.kind_of("The ferry", said + "The ferry to the island is late today, and will be late tomorrow.") is None
    )


def test_one_such_sentence_beside_another_is_no_wall() -> None:
    assert walls.kind_of("The ferry", "The ferry is late. Subscribe now to support us.") is None


def test_a_title_that_only_walls_have_needs_less_of_them() -> None:
    text = "Written by people from here since 1894, twice a week. Forgot your password?"
    assert walls.kind_of("The ferry", text) is None
    assert walls.kind_of("Sign in - The Quay", text) == "login"
    assert walls.kind_of("Sign in - The Quay", text + " It is printed on the island by hand." * 2) is None


def test_a_page_without_a_text_is_a_wall_by_its_title() -> None:
    assert walls.kind_of("Just a moment...", "") == "bot_check"
    assert walls.kind_of("Sign in", "The Quay, since 1894, twice weekly") == "login"
    assert walls.kind_of("Sign in", "The Quay, since 1894, twice every week") is None
    assert walls.kind_of("The ferry", "") is None
