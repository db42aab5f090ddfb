"""The most frequent words of some forty languages, for `metadata.language`. Data only."""

from __future__ import annotations

_LISTS: dict[str, str] = {
    "en": "the of and to in is that for it with as was on are be this by have at from not they which his you were has",
    "de": "der die und das den von ist mit sich des auf für im nicht ein eine dem zu auch es werden wird bei sind als",
    "fr": "le la les des et est en une du que dans qui pour au sur pas par plus avec ce sont il elle aux cette mais",
    "es": "el la los las de que y en un una por con del se para es como más al lo su pero sus fue este ha sobre está",
    "it": "il la di che è e per un una del della in con non sono gli le dei nel alla più da anche come si lo ha delle",
    "pt": "o a os as de que e do da em um uma para com não no na por mais dos das ao foi é se são pelo pela também",
    "nl": "de het een van en in dat op te zijn is met voor niet aan er om ook als bij door naar maar worden werd wordt",
    "sv": "och att det som en på är av för med till den har inte om ett var jag men ska från sig kan efter också när",
    "da": "og at det er en til af på den med for som der har ikke et de om var men vi blev efter fra også skal sig hun",
    "nb": "og det er en på til av som for med den at har ikke et de om var men vi ble etter fra også skal seg hun å",
    "fi": "ja on ei että se hän oli mutta ovat myös kun joka sen mukaan jos niin kuin vain ole tai olla nyt sekä vielä",
    "is": "og að er sem það til við um með en fyrir ekki hann var hafa frá því hefur þá eru verið eftir þetta sér",
    "pl": "w i na z do się nie że jest o to jak po od za przez dla był są oraz tym ale ma która które który już jego",
    "cs": "a se v na je že s z do o k i to ve pro jako ale za by po od jsem které který podle jsou není však také byl",
    "sk": "a sa v na je že s z do o k to vo pre ako ale za by po od ktoré ktorý podľa sú nie však tiež bol alebo aj",
    "sl": "in je v na za se da so z ki ne s pa kot po bi tudi pri ali od bo še o lahko ter do bil kar zaradi po",
    "hr": "i je u na se da za su od s kako a iz koji će nije što ne bi po o do ili je koja ali biti ga kao",
    "hu": "a az és hogy nem is egy van volt de ez meg csak már azt még mint ha vagy el után szerint pedig lesz kell ki",
    "ro": "de și în a la cu că pe o un este din pentru nu care mai sunt au ca fi să prin după această lui sau către",
    "tr": "ve bir bu için da de ile çok olarak daha gibi olan ne kadar en ise sonra var olduğu göre mi ancak değil her",
    "ca": "el la els les de que i en un una per amb del es al és no ha més com seva aquest aquesta ser són dels ho",
    "eu": "eta da ez bat du dira baina ere zen dute ditu izan egin dela hau bere beste edo dago zuen oso hori horrek",
    "et": "ja on ei et see ta oli kui ka mis aga oma ning või siis selle ole seda veel pärast kes nii tema mida",
    "lv": "un ir no ar uz ka par kas tas arī bet nav pēc ja vai tiek bija kā tā savu viņš gan šo gada tikai",
    "lt": "ir yra kad į su iš tai ne bei kaip apie buvo dėl už nuo tik po jau bet kuris jis taip šiuo dar metų",
    "id": "yang dan di dengan untuk dari ini itu dalam pada tidak ke akan juga adalah telah oleh sebagai mereka karena",
    "ms": "yang dan di dengan untuk dari ini itu dalam pada tidak ke akan juga adalah telah oleh kata beliau kerana",
    "tl": "ang ng sa na mga ay at ito si ni para hindi siya nang kung may ko ako nila niya isang din pa mo",
    "vi": "của và là có cho được không trong các một với những người này khi đã từ đến cũng để về ra như vào năm",
    "sw": "ya na wa kwa ni katika za la cha kuwa hiyo hii huyo alisema baada yake kama hata lakini wake watu",
    "af": "die en van in is het wat nie om te vir met dat dit hy sy aan word op as ek was deur ook maar by hulle",
    "zu": "ukuthi ngoba futhi kanye uma kodwa le lo yakhe kule ngo abantu khona ku wathi bathi ngesikhathi okuyi",
    "xh": "ukuba kwaye okanye xa kodwa le lo yakhe abantu ngokuba kwi ukuze loo kunye njengoko uthe wathi",
    "sq": "të e në dhe i për një me që se nuk është nga si ka u më ishte por do kjo ky janë edhe duke ku",
    "az": "və bir bu üçün ilə də ki olan olub edib daha isə görə sonra həm var deyib belə çox onun olaraq",
    "ru": "и в не на что с по как это но из за от для его он она они был также или уже все мы",
    "bg": "на и в за да се от с че е не по са като до това той ще има след но при през или",
}

#: ISO 639-1 code → its frequent words, in lower case.
STOP_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _LISTS.items()}
