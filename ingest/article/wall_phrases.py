"""What walls say in place of an article, in many languages: regular expressions for folded sentences. Data only.

One expression a line, one kind after the other. They speak as a site speaks to its reader: an article about cookies has
the words, seldom such sentences. `ingest.article.walls` decides how much of a text has to be like this.
"""

# ruff: noqa: E501 (an expression that is broken into lines is harder to check)
from __future__ import annotations

import re
from typing import Literal

WallKind = Literal["consent", "login", "bot_check", "region", "subscription", "age", "error"]

_CONSENT = r"""
    \bwe (?:and (?:our|up to)\b.{0,40})?(?:use|store|process|place|ask)\b.{0,80}(?:cookies|\bdevice\b|personal data|consent)
    \b(?:this|our) (?:web)?(?:site|page)s? uses? .{0,30}cookies
    \b(?:accept|allow|reject|manage|enable) (?:all |the |our |your )?(?:optional )?cookies? ?(?:settings|preferences)?\b
    \bby (?:clicking|continuing|using)\b.{0,80}(?:accept|agree|consent|cookies)
    \b(?:withdraw|change|manage|give|update)\b.{0,20}your (?:consent|privacy|cookie|choices|preferences)
    we value your privacy|your privacy choices|before you continue to
    \bwir (?:und (?:unsere|bis zu)\b.{0,30})?(?:verwenden|nutzen|setzen|speichern|verarbeiten|brauchen)\b.{0,80}(?:cookies|informationen auf|daten|zustimmung|einwilligung)
    diese (?:web)?(?:seite|site) (?:verwendet|nutzt|benötigt)\b.{0,30}cookies
    cookies (?:akzeptieren|zulassen|erlauben|ablehnen)|akzeptieren und (?:weiter|fortfahren)|allen? zustimmen
    \bihre (?:zustimmung|einwilligung)\b|(?:zustimmung|einwilligung)\b.{0,60}\bwiderrufen
    mit werbung (?:weiter)?(?:lesen|nutzen)|wie gewohnt mit werbung|werbefrei .{0,40}abo|weiter mit werbung
    \bnous (?:et nos\b.{0,30})?(?:utilisons|stockons|déposons|traitons|demandons)\b.{0,80}(?:cookies|traceurs|appareil|données|consentement)
    ce site (?:web )?utilise des (?:cookies|traceurs)|(?:accepter|refuser) (?:tous les |les )?cookies|tout accepter|continuer sans accepter|accepter et (?:continuer|fermer)
    \bvotre consentement\b|respectons votre vie privée|\bvos (?:choix|préférences)\b.{0,40}cookies
    \b(?:nosotros|utilizamos|usamos|almacenamos)\b.{0,80}(?:cookies|dispositivo|datos personales)
    este sitio (?:web )?(?:utiliza|usa) cookies|aceptar (?:todas )?(?:las )?cookies|aceptar y continuar|rechazar (?:todas )?las cookies
    \bsu consentimiento\b|\btu (?:consentimiento|privacidad)\b|sus preferencias de cookies
    \b(?:utilizziamo|usiamo|archiviamo)\b.{0,80}(?:cookie|dispositivo|dati personali)
    (?:questo|il nostro) sito (?:web )?(?:utilizza|usa)\b.{0,20}cookie|accett\w+ (?:tutti )?(?:i )?cookie|accetta e continua|continua senza accettare
    \b(?:il tuo|il suo|il vostro) consenso\b|la tua privacy
    \b(?:utilizamos|usamos|armazenamos)\b.{0,80}(?:cookies|dispositivo|dados pessoais)
    este site (?:utiliza|usa) cookies|aceitar (?:todos )?(?:os )?cookies|aceitar e continuar|\b(?:o seu|seu) consentimento\b
    \b(?:wij|we) (?:en onze\b.{0,30})?(?:gebruiken|plaatsen|slaan)\b.{0,80}(?:cookies|apparaat|gegevens)
    maakt gebruik van .{0,20}cookies|cookies (?:toestaan|accepteren|weigeren)|gaat u (?:hiermee|daarmee) akkoord|op akkoord te klikken
    tracking cookies|uw (?:toestemming|internetgedrag|privacyvoorkeuren)
    (?:używamy|korzystamy z|wykorzystujemy)\b.{0,60}(?:cookie|ciasteczek|danych)|zaakceptuj (?:wszystkie)?|akceptuję i przechodzę|twoj(?:a|ą) zgod|zgod[aęy] na (?:przetwarzanie|cookies)
    (?:мы |сайт )?использу(?:ем|ет)\b.{0,40}(?:cookie|куки)|принять (?:все )?(?:файлы )?(?:cookie|куки)|вашего согласия на обработку|соглашаетесь (?:с|на) .{0,40}(?:cookie|куки|обработк)
    çerez(?:ler)?(?:i|leri)? (?:kullanıyoruz|kullanmaktayız|kullanır|kabul)|tüm çerezleri|sitemiz\b.{0,40}çerez
    vi (?:och våra\b.{0,30})?använder\b.{0,40}(?:cookies|kakor)|(?:godkänn|acceptera|tillåt) (?:alla )?(?:cookies|kakor)|ditt samtycke
    vi bruker\b.{0,40}(?:cookies|informasjonskapsler)|vi bruger\b.{0,30}cookies|godta alle|accepter alle|dit samtykke|ditt samtykke
    používáme\b.{0,40}cookies|přijmout (?:vše|všechny)|souhlasíte s
    (?:クッキー|cookie)(?:\(cookie\))?を(?:使用|利用|保存|許可|受け入れ|有効)|同意して(?:続ける|進む|閲覧)|すべて(?:の(?:クッキー|cookie)を)?(?:許可|同意)|(?:クッキー|cookie)の(?:使用|利用)に同意
    쿠키를? (?:사용|허용|저장|수집)(?:합니다|하|해)|쿠키 (?:사용|수집)에 동의|(?:모두|전체) (?:동의|허용)|동의하고 계속
    (?:使用|存储|存儲|接受)(?:所有|全部|必要的?)?(?:的)?\s?(?:cookie|曲奇)|同意并继续|同意並繼續|接受(?:全部|所有|并继续|並繼續)|您的隐私|您的隱私
    (?:نستخدم|يستخدم (?:هذا )?الموقع)\b.{0,40}(?:ملفات تعريف الارتباط|الكوكيز|cookies)|قبول (?:جميع|كل) (?:ملفات|الكوكيز)|موافقتك على|أوافق على استخدام
    हम .{0,30}(?:कुकीज़|कुकी)|कुकीज़ (?:स्वीकार|का उपयोग)
    chúng tôi (?:và .{0,30})?sử dụng\b.{0,30}cookie|chấp nhận (?:tất cả )?cookie|kami (?:dan .{0,30})?menggunakan\b.{0,30}cookie|terima semua cookie
"""

_LOGIN = r"""
    \b(?:log|sign) in (?:or (?:register|sign up|create\b.{0,20}) )?(?:to|with) (?:continue|read|view|see|access|your account|comment)
    you (?:must|need to|have to) (?:be logged in|log in|login|sign in|register)\b|please (?:log|sign) in\b|login required|forgot (?:your )?password
    (?:don't|do not) have an account|already have an account|create (?:an|a free|your) account|this (?:page|article|content) is (?:only )?(?:for|available to) (?:registered|members)
    bitte (?:melden sie sich an|loggen sie sich ein|einloggen|anmelden)|(?:melden sie sich|loggen sie sich)\b.{0,30}\b(?:an|ein)\b.{0,40}(?:weiterzulesen|zu lesen|fortzufahren|zu sehen)
    (?:anmeldung|registrierung|login) (?:erforderlich|notwendig)|passwort vergessen|noch kein konto|jetzt (?:kostenlos )?registrieren|nur für (?:registrierte|angemeldete)
    (?:connectez|identifiez)[- ]vous\b|vous devez (?:être connecté|vous connecter)|mot de passe oublié|pas encore (?:de compte|inscrit)|créez? (?:un|votre) compte
    inicia(?:r)? sesión (?:para|con)|debe[s]? iniciar sesión|inicie sesión|olvid(?:aste|ó) (?:tu|su) contraseña|(?:crea|cree) una cuenta|regístrate (?:gratis )?para
    (?:accedi|effettua il login|devi accedere|devi effettuare)\b.{0,30}(?:per|al)\b|password dimenticata|non hai (?:ancora )?un account|registrati (?:gratis |gratuitamente )?per
    (?:faça|efetue|inicie) (?:o )?(?:login|sessão)\b|esqueceu (?:a|sua) senha|(?:crie|criar) (?:uma|sua) conta|cadastre-se (?:grátis )?para
    (?:log|meld u|meld je) (?:in|aan) (?:om|met)\b|wachtwoord vergeten|(?:heeft u|heb je) (?:nog )?geen account|maak (?:een )?(?:gratis )?account
    (?:zaloguj się|musisz się zalogować|zaloguj)\b.{0,30}(?:aby|żeby)|nie pamiętasz hasła|nie masz (?:jeszcze )?konta
    (?:войдите|авторизуйтесь|зарегистрируйтесь)\b.{0,40}(?:чтобы|для|или)|необходимо (?:войти|авторизоваться|зарегистрироваться)|забыли пароль|нет аккаунта|требуется (?:авторизация|вход)
    (?:giriş yap(?:ın|manız|malısınız)|oturum aç(?:ın|manız))\b|şifremi unuttum|hesabınız yok mu|üye (?:olun|girişi yap)
    (?:logga in|du måste (?:vara inloggad|logga in)|logg inn)\b.{0,30}(?:för att|for å|på)|glömt (?:ditt )?lösenord|skapa (?:ett )?konto
    ログイン(?:が必要|してください|してお読み|すると)|(?:会員|無料)登録(?:が必要|してください|すると)|会員限定(?:の)?(?:記事|ページ|コンテンツ)です|パスワードをお忘れ|会員の方は(?:こちら)?
    로그인이 필요(?:합니다|한)|로그인 ?(?:후|한 뒤)(?:에)? .{0,20}(?:이용|볼|시도|가능)|로그인해 ?주세요|회원만 (?:볼|읽을|이용)|(?:아직 )?회원이 아니신가요|비밀번호 ?찾기|회원으로 가입하시면|회원 ?전용
    (?:请|請)(?:先)?(?:登录|登錄|登入)|(?:登录|登錄|登入)(?:后|後)(?:即可|才能|可以|方可|继续|繼續)?(?:查看|阅读|閱讀|观看|浏览|瀏覽)|忘记密码|忘記密碼|还没有(?:账号|帐号)|還沒有帳號|(?:注册|註冊)(?:后|後)
    (?:سجل|قم بتسجيل|يجب تسجيل|يرجى تسجيل) ?(?:الدخول|دخول)|نسيت كلمة (?:المرور|السر)|ليس لديك حساب|أنشئ حسابا
    (?:लॉग इन|लॉगिन) (?:करें|कीजिए)|पासवर्ड भूल गए|vui lòng đăng nhập|đăng nhập để|quên mật khẩu|silakan (?:masuk|login)|masuk untuk
"""

_BOT_CHECK = r"""
    checking (?:if the site connection|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human|(?:confirm|prove) (?:that )?you(?:'re| are) not a (?:robot|bot)
    enable javascript (?:and cookies )?to (?:continue|proceed|view)|please (?:enable|turn on) (?:javascript|cookies)|(?:needs|need) to review the security of your connection
    your browser will (?:be )?redirect|this process is automatic|please (?:allow|wait) up to .{0,12}seconds|please wait while (?:we|your)|performance (?:&|and) security by|ray id
    unusual (?:traffic|activity) from your|(?:solve|complete|enter) (?:the|this) (?:captcha|security check|challenge)|are you a (?:robot|human)|you have been blocked|access (?:to this page )?(?:has been )?denied
    press (?:and|&) hold to confirm|why do i have to complete a captcha
    (?:ihr|dein) browser wird (?:überprüft|geprüft)|bestätigen sie,? dass sie (?:ein mensch|kein roboter)|bitte aktivieren sie (?:javascript|cookies)|ungewöhnliche(?:r|n)? (?:datenverkehr|zugriffe)|sicherheitsüberprüfung|lösen sie (?:das|bitte das) captcha
    vérif(?:ication|ions) (?:de|que) (?:votre navigateur|vous êtes)|(?:prouvez|confirmez) que vous (?:n'êtes pas un robot|êtes humain)|veuillez activer (?:javascript|les cookies)|activer javascript .{0,20}pour continuer|trafic inhabituel
    (?:verifi(?:que|cando|ca)|confirm[ae]) que (?:usted )?(?:no )?(?:es|eres) (?:un |una )?(?:robot|humano|persona)|comprobando (?:su|tu) navegador|habilite javascript|activa javascript|tráfico inusual
    verifica (?:che tu sia|di essere|di non essere)\b|(?:controllo|verifica) del (?:tuo )?browser|(?:abilita|attiva) javascript|traffico insolito
    (?:verifi(?:que|cando)|confirme) (?:que|se) você (?:não )?é (?:um )?(?:robô|humano)|verificando (?:o )?seu navegador|(?:habilite|ative) o javascript|tráfego incomum
    (?:we )?controleren (?:of u|uw browser)|bevestig dat u (?:geen robot|een mens)|schakel javascript in|ongebruikelijk verkeer
    (?:sprawdzamy|sprawdzanie) (?:twoj(?:ą|ej) )?przegląd|potwierdź,? że (?:nie )?jesteś|włącz (?:obsługę )?javascript
    (?:проверка|проверяем) (?:вашего |ваш )?браузер|подтвердите,? что вы (?:не робот|человек)|включите javascript|(?:подозрительн|необычн)\w+ (?:трафик|активность|запрос)|введите (?:код|символы) с картинки
    tarayıcınız(?:ı)? kontrol|robot olmadığınızı|insan olduğunuzu doğrula|javascript'i etkinleştirin|olağan ?dışı trafik
    (?:kontrollerar|verifierar) din webbläsare|bekräfta att du (?:inte är en robot|är en människa)|aktivera javascript
    ブラウザ(?:ー)?を(?:確認|チェック|検証)|(?:ロボット|ボット)で(?:は)?ない(?:こと)?|人間であること(?:を|の)|javascriptを有効に|(?:不審|異常|通常と異なる)な?(?:アクセス|トラフィック)
    브라우저를? 확인|로봇이 아닙니다|(?:사람|로봇이 아님)(?:인지|을|임을) (?:확인|증명)|자바스크립트를 (?:활성화|사용)|javascript를? (?:활성화|사용)|비정상적인 (?:접근|트래픽|접속)|자동 ?입력 ?방지
    (?:正在)?(?:检查|检测|驗證|檢查|验证)(?:您|你)?的?(?:浏览器|瀏覽器)|(?:验证|確認|确认|證明|证明)(?:您|你)(?:是|不是)(?:真人|人类|人類|机器人|機器人)|(?:启用|開啟|啟用|开启) ?javascript|(?:异常|異常)(?:流量|访问|訪問)|(?:输入|輸入)(?:验证码|驗證碼)|安全验证|安全驗證
    (?:جارٍ|يتم) (?:التحقق|فحص) (?:من )?(?:المتصفح|متصفحك)|تأكد(?:ك)? (?:من )?أنك (?:لست روبوت|إنسان)|أثبت أنك|(?:تفعيل|تمكين) (?:جافا ?سكريبت|javascript)|حركة مرور غير عادية
"""

_REGION = r"""
    (?:not|un) ?available (?:in|from|to (?:visitors|users|readers)\b.{0,20}in) (?:your|this|the) (?:country|region|location|area|european|eu\b|territory)|unavailable (?:due to|for) legal reasons
    we (?:cannot|can't|are unable to) (?:provide|grant|give|offer)\b.{0,40}(?:access|countries|european)|due to (?:rights|licensing|legal) (?:restrictions|reasons|agreements)\b.{0,60}(?:country|region|available)
    general data protection regulation.{0,60}(?:access|available)|attempting to access this website from a country
    (?:in|aus) (?:ihrem|deinem|ihrer) (?:land|region) (?:leider )?nicht (?:verfügbar|abrufbar)|leider .{0,40}(?:in ihrem land|ihrer region)
    (?:n'est pas|pas) (?:disponible|accessible) (?:dans|depuis) votre (?:pays|région|zone)
    no (?:está )?disponible (?:en|para|desde) (?:su|tu) (?:país|región|ubicación|zona)
    non (?:è )?(?:disponibile|accessibile) (?:nel|nella|dal) (?:tuo|tua|suo|vostro) (?:paese|regione|area)
    (?:não (?:está )?disponível|indisponível) (?:no|na|em) (?:seu|sua) (?:país|região|localização)
    niet beschikbaar (?:in|vanuit) (?:uw|jouw|je) (?:land|regio)|niedostępn\w+ w (?:twoim|państwa) (?:kraju|regionie)
    недоступ\w+ (?:в|для) (?:вашей|вашем|вашего) (?:стране|регионе|региона|страны)|(?:ülkenizde|bölgenizde) (?:kullanılamıyor|mevcut değil|görüntülenemiyor)
    inte tillgänglig\w* i (?:ditt land|din region)|お住まいの(?:地域|国)(?:では|から)|この(?:地域|国)からは(?:アクセス|ご利用|ご覧)
    (?:해당|현재|귀하의) (?:국가|지역)에서(?:는)? .{0,20}(?:이용|제공|볼|접속).{0,8}(?:없|않)|(?:您|你)所在的?(?:国家|國家|地区|地區).{0,10}(?:无法|無法|不可|不支持|不提供|暂不)
    غير متاح(?:ة)? في (?:بلدك|منطقتك|دولتك)|आपके (?:देश|क्षेत्र) में उपलब्ध नहीं
"""

_SUBSCRIPTION = r"""
    \bsubscribe (?:now |today )?(?:to|for)\b.{0,40}(?:read|continue|access|unlock|keep|view|full|unlimited|support)|already (?:a |have a )?(?:subscriber|subscription|member)
    (?:this|the) (?:article|story|content|page) is (?:only |exclusively )?(?:for|available to|reserved for) (?:our )?(?:paying )?(?:subscribers|members)|(?:exclusive|only) (?:to|for) (?:our )?(?:subscribers|members)
    (?:to|in order to) (?:continue|keep) reading\b|(?:read|reached) (?:your|all your|the) .{0,30}(?:free|limit)|you have .{0,20}free articles?|become a (?:subscriber|member) to|get (?:full|unlimited) (?:digital )?access|start your .{0,20}(?:trial|subscription)|cancel (?:at )?any ?time|unlock this (?:article|story)
    (?:diesen|der|dieser|den) (?:ganzen |vollständigen )?(?:artikel|beitrag|inhalt)\b.{0,40}(?:nur für|abonnenten|mit .{0,12}abo|weiterlesen)|(?:um )?weiterzulesen|bereits (?:abonnent|kunde)|jetzt (?:abonnieren|testen|weiterlesen)|monatlich kündbar|jederzeit kündbar|weiterlesen mit\b|sie haben (?:ihre|alle) .{0,20}(?:freien|kostenlosen) artikel|exklusiv für (?:abonnenten|unsere)
    (?:cet article est |contenu )?réservée?s? (?:aux|à nos) (?:abonnés|abonnées|membres)|pour lire la suite|abonnez-vous|déjà abonnée?|sans engagement|il vous reste .{0,12}à lire|identifiez-vous pour|profitez d'un accès
    suscr[íi]b(?:ete|ase|irse)\b.{0,40}(?:leer|seguir|acceder|para)|ya (?:es|eres) suscriptor|(?:exclusivo|solo|reservado) para (?:los |nuestros )?(?:suscriptores|abonados)|para (?:seguir|continuar) leyendo|cancel[ae] cuando quieras
    abbonati\b.{0,40}(?:per|a partire|leggere)|(?:sei )?già abbonato|(?:riservato|solo|esclusivo) (?:agli|per gli) abbonati|per (?:continuare a leggere|leggere (?:l'articolo|tutto))|disdici quando vuoi
    assine\b.{0,40}(?:para|ler|a partir|acess)|já (?:é|sou) assinante|(?:exclusivo|só|reservado) (?:para|a) (?:os )?(?:nossos )?(?:assinantes|subscritores)|para continuar (?:lendo|a ler)|cancele quando quiser
    (?:dit artikel is|artikel) (?:alleen|exclusief) (?:voor|toegankelijk)\b.{0,20}(?:abonnees|leden)|(?:neem|word) (?:nu )?(?:een )?(?:abonnement|abonnee)|al abonnee|verder lezen\?|om verder te lezen
    (?:wykup|kup) (?:dostęp|prenumeratę|subskrypcję)|(?:tylko|treść dostępna) dla (?:prenumeratorów|subskrybentów)|masz już (?:prenumeratę|subskrypcję)|aby czytać dalej|czytaj dalej z
    (?:оформите|купите) (?:подписку|доступ)|(?:только|доступ\w+) (?:для|по) (?:подписчик\w+|подписк\w+)|уже (?:подписаны|есть подписка)|чтобы (?:читать|дочитать|продолжить чтение)|подпишитесь,? чтобы
    abone (?:olun|ol)\b|sadece aboneler|zaten abone|okumaya devam etmek için
    (?:prenumerera|köp prenumeration)\b.{0,30}(?:för att|och|läs)|(?:endast|bara) för prenumeranter|redan prenumerant|för att (?:läsa|fortsätta) (?:vidare|läsa|hela)|kun for abonnenter|bliv abonnent|bli abonnent|allerede abonnent
    (?:この|こちらの)?(?:記事|続き)(?:は|を).{0,20}(?:有料会員|会員限定|購読|有料記事)|(?:有料|プレミアム)会員(?:限定|になる|登録)|(?:購読|定期購読)(?:する|のお申し込み|が必要)|残り.{0,8}文字|続きを(?:読む|お読み)(?:には|になる)
    (?:유료|구독자|프리미엄) ?(?:회원)? ?(?:전용|만)|구독(?:하시면|하고|자만|이 필요|하세요)|(?:계속|전체|나머지).{0,12}(?:읽으|보시|읽기).{0,12}(?:구독|결제|회원)|이미 구독
    (?:订阅|訂閱|购买|購買)(?:后|後)?.{0,12}(?:继续|繼續|全文|阅读|閱讀|解锁|解鎖)|(?:订户|訂戶|会员|會員|付费|付費)(?:专享|專享|专属|專屬|独享|獨享|可读|可讀)|(?:已是|已经是|已經是)(?:订户|訂戶|会员|會員)|(?:阅读|閱讀)(?:全文|更多)?(?:请|請)(?:先)?(?:订阅|訂閱|付费|付費)
    (?:اشترك|للاشتراك)\b.{0,30}(?:لقراءة|للمتابعة|الآن|لمواصلة)|(?:حصري|متاح فقط) (?:للمشتركين|لمشتركي)|مشترك بالفعل|لمواصلة القراءة
    (?:पूरी खबर|आगे) पढ़ने के लिए|सब्सक्राइब करें\b.{0,20}पढ़|để đọc tiếp|dành (?:riêng )?cho (?:hội viên|thuê bao)|berlangganan untuk|khusus pelanggan|předplaťte|pouze pro předplatitele
"""

_AGE = r"""
    (?:you must|confirm that you) (?:be|are) (?:at least |over )?(?:18|21|of legal|old enough)|are you (?:over|at least|of legal|18|21)|age (?:verification|check|restricted)|(?:enter|confirm) your (?:age|date of birth)|adults only
    sind sie (?:über|mindestens|schon|bereits) (?:16|18|volljährig)|altersprüfung|altersverifikation|(?:ich bin|sie sind) (?:über|mindestens) 18|nicht für (?:personen|jugendliche) unter
    (?:avez-vous|j'ai|vous avez) (?:plus de|au moins) 18 ans|vérification de (?:l'|votre )âge|réservé aux adultes|êtes-vous majeur
    (?:eres|es usted) mayor de (?:edad|18)|verificación de edad|(?:confirme|confirma) (?:su|tu) edad|sei maggiorenne|verifica (?:dell'|dell’)età|hai (?:più di|almeno) 18 anni
    (?:você (?:é|tem)|tem) (?:maior de|mais de) (?:18|idade)|verificação de idade|bent (?:u|je) (?:18|ouder)|leeftijdscontrole|czy (?:masz|ukończyłeś) .{0,10}18|weryfikacja wieku
    вам (?:уже )?(?:есть|исполнилось) 18|подтвердите (?:свой )?возраст|18 yaşından büyük|yaş doğrulama|är du över 18|ålderskontroll
    年齢確認|(?:18|20|二十|十八)歳(?:以上|未満)(?:です|の方)|あなたは.{0,6}歳以上|성인 ?인증|만? ?(?:18|19)세 ?(?:이상|미만)|연령 ?확인|청소년(?:이|에게) .{0,10}(?:유해|이용할 수 없)
    (?:您|你)是否(?:已)?(?:年?满|年?滿|超过|超過) ?(?:18|二十|十八)|(?:年龄|年齡)(?:验证|驗證|确认|確認)|未满18|未滿18|هل عمرك|التحقق من العمر|عمرك (?:أكثر|18)
"""

_ERROR = r"""
    something went wrong|an (?:unexpected )?error (?:has )?occurred|(?:try|please try) again (?:later|in a few)|temporarily unavailable|(?:internal|server) (?:server )?error|(?:back|return) to the home ?page|our team has been (?:notified|informed)|bad gateway|service unavailable
    (?:ein|leider ist ein) (?:unerwarteter )?fehler (?:ist )?aufgetreten|etwas ist schiefgelaufen|versuchen sie es (?:bitte )?(?:später|in ein)|vorübergehend nicht (?:erreichbar|verfügbar)|zurück zur startseite|wartungsarbeiten
    une erreur (?:est survenue|s'est produite)|(?:veuillez )?réessay(?:er|ez) (?:plus tard|dans)|momentanément indisponible|temporairement indisponible|retour(?:ner)? à l'accueil
    (?:ha ocurrido|se ha producido|se produjo) un error|algo (?:salió|ha salido|ha ido) mal|(?:inténtelo|inténtalo|vuelva a intentarlo|intente) (?:de nuevo|más tarde)|no disponible temporalmente|volver (?:a la página de )?inicio
    si è verificato un errore|qualcosa è andato storto|riprova (?:più tardi|tra)|temporaneamente non disponibile|torna alla home
    ocorreu um erro|algo deu errado|tente novamente|temporariamente indisponível|não foi possível carregar|(?:voltar|volte) (?:para|à) a? ?página inicial|se o erro (?:continuar|persistir)
    er is (?:iets misgegaan|een fout opgetreden)|probeer het later|tijdelijk niet beschikbaar|wystąpił (?:nieoczekiwany )?błąd|spróbuj ponownie|coś poszło nie tak|(?:произошла|возникла) ошибка|что-то пошло не так|попробуйте (?:позже|ещё раз|обновить)|временно недоступ
    bir hata oluştu|(?:daha sonra )?tekrar deneyin|bir şeyler ters gitti|ett fel (?:har )?(?:uppstått|inträffade)|något gick fel|försök igen|det oppstod en feil|der opstod en fejl|prøv igjen
    エラーが発生(?:しました)?|しばらく(?:して|経って)から|(?:再度|もう一度)お試し|一時的に(?:ご利用|アクセス|表示)|오류가 발생(?:했|하였)|(?:잠시|나중에) ?(?:후|뒤)?(?:에)? ?다시 (?:시도|접속|이용)|일시적(?:으로|인) .{0,12}(?:오류|이용|접속|장애)|서비스 점검
    (?:发生|發生|出现|出現)(?:了)?(?:错误|錯誤|未知错误)|(?:请|請)(?:稍后|稍後|稍候)(?:再试|再試|重试|重試)|(?:暂时|暫時)(?:无法|無法)(?:访问|訪問|使用|打开)|系统(?:繁忙|错误)|حدث خطأ|(?:حاول|المحاولة) مرة أخرى|غير متاح مؤقتا
"""

# Titles that walls have and articles have not, whole, without the name of the site.
_CONSENT_TITLES = r"""
    cookies?|cookie (?:policy|settings|consent|wall)|consent|privacy settings|before you continue
    zustimmung|einwilligung|datenschutz(?:einstellungen)?|cookie-einstellungen|consentement|gestion des cookies
    aviso de cookies|consenso|cookies toestaan.{0,30}|cookies op .{0,30}
"""
_LOGIN_TITLES = r"""
    log ?in|sign ?in|login required|register|anmelden|anmeldung|connexion|se connecter|identification|iniciar sesión
    accedi|entrar|faça login|inloggen|aanmelden|logowanie|zaloguj się|вход|авторизация|giriş|üye girişi|logga in
    ログイン|会員登録|会員ログイン|로그인|회원가입|로그인이 필요합니다|登录|登錄|登入|注册|تسجيل الدخول
"""
_BOT_CHECK_TITLES = r"""
    just a moment|attention required!?|access denied|please wait|one moment,? please|are you a (?:robot|human)\?
    verifying (?:you are human|your browser)|security check|human verification|pardon our interruption
    checking your browser|安全验证|验证码|verificación
"""
_SUBSCRIPTION_TITLES = r"""
    subscribe|subscription required|abonnieren|(?:cet )?article (?:est )?réservé aux abonnés|abonnez-vous|suscríbete
    suscripción|abbonati|assine|подписка|prenumerera|有料会員限定|اشتراك
"""
_AGE_TITLES = r"""
    age verification|altersprüfung|年齢確認|성인 ?인증|본인 ?확인
"""
_ERROR_TITLES = r"""
    error|server error|oops!?|fehler|erreur|errore|ocorreu um erro|erro|błąd|ошибка|hata|エラー|오류|错误|錯誤|خطأ
"""


def _table(expressions: str) -> re.Pattern[str]:
    lines = (line.strip() for line in expressions.strip().splitlines())
    return re.compile("|".join(f"(?:{line})" for line in lines))


PHRASES: dict[WallKind, re.Pattern[str]] = {
    "bot_check": _table(_BOT_CHECK),
    "consent": _table(_CONSENT),
    "subscription": _table(_SUBSCRIPTION),
    "login": _table(_LOGIN),
    "region": _table(_REGION),
    "age": _table(_AGE),
    "error": _table(_ERROR),
}
TITLES: dict[WallKind, re.Pattern[str]] = {
    "bot_check": _table(_BOT_CHECK_TITLES),
    "consent": _table(_CONSENT_TITLES),
    "subscription": _table(_SUBSCRIPTION_TITLES),
    "login": _table(_LOGIN_TITLES),
    "age": _table(_AGE_TITLES),
    "error": _table(_ERROR_TITLES),
}
