"""Lets a newly installed model translate a few sentences, to find the ones that only stammer."""

from monitor.errors import ModelDamaged
from monitor.languages import Language
from monitor.translation.engine import GREEDY, Translator

# "The government said on Monday that prices rose by 3 percent in Berlin."
SENTENCES: dict[str, str] = {
    "ar": "قالت الحكومة يوم الاثنين إن الأسعار ارتفعت بنسبة 3 في المئة في برلين.",
    "az": "Hökumət bazar ertəsi Berlində qiymətlərin 3 faiz artdığını bildirdi.",
    "bg": "Правителството заяви в понеделник, че цените в Берлин са се повишили с 3 процента.",
    "bn": "সরকার সোমবার বলেছে যে বার্লিনে দাম ৩ শতাংশ বেড়েছে।",
    "ca": "El govern va dir dilluns que els preus van pujar un 3 per cent a Berlín.",
    "cs": "Vláda v pondělí oznámila, že ceny v Berlíně vzrostly o 3 procenta.",
    "da": "Regeringen sagde mandag, at priserne steg med 3 procent i Berlin.",
    "de": "Die Regierung teilte am Montag mit, dass die Preise in Berlin um 3 Prozent gestiegen sind.",
    "el": "Η κυβέρνηση δήλωσε τη Δευτέρα ότι οι τιμές αυξήθηκαν κατά 3 τοις εκατό στο Βερολίνο.",
    "en": "The government said on Monday that prices rose by 3 percent in Berlin.",
    "eo": "La registaro diris lunde, ke la prezoj altiĝis je 3 procentoj en Berlino.",
    "es": "El gobierno dijo el lunes que los precios subieron un 3 por ciento en Berlín.",
    "et": "Valitsus teatas esmaspäeval, et hinnad tõusid Berliinis 3 protsenti.",
    "eu": "Gobernuak astelehenean esan zuen prezioak ehuneko 3 igo direla Berlinen.",
    "fa": "دولت روز دوشنبه گفت قیمت‌ها در برلین ۳ درصد افزایش یافته است.",
    "fi": "Hallitus kertoi maanantaina, että hinnat nousivat Berliinissä 3 prosenttia.",
    "fr": "Le gouvernement a déclaré lundi que les prix ont augmenté de 3 pour cent à Berlin.",
    "ga": "Dúirt an rialtas Dé Luain gur ardaigh praghsanna 3 faoin gcéad i mBeirlín.",
    "gl": "O goberno dixo o luns que os prezos subiron un 3 por cento en Berlín.",
    "he": "הממשלה הודיעה ביום שני כי המחירים עלו ב-3 אחוזים בברלין.",
    "hi": "सरकार ने सोमवार को कहा कि बर्लिन में कीमतें 3 प्रतिशत बढ़ गईं।",
    "hu": "A kormány hétfőn közölte, hogy Berlinben 3 százalékkal emelkedtek az árak.",
    "id": "Pemerintah mengatakan pada hari Senin bahwa harga naik 3 persen di Berlin.",
    "it": "Il governo ha detto lunedì che i prezzi sono aumentati del 3 per cento a Berlino.",
    "ja": "政府は月曜日、ベルリンで物価が3パーセント上昇したと発表した。",
    "ko": "정부는 월요일 베를린에서 물가가 3퍼센트 올랐다고 밝혔다.",
    "ky": "Өкмөт дүйшөмбү күнү Берлинде баалар 3 пайызга өскөнүн билдирди.",
    "lt": "Vyriausybė pirmadienį pranešė, kad kainos Berlyne pakilo 3 procentais.",
    "lv": "Valdība pirmdien paziņoja, ka cenas Berlīnē pieauga par 3 procentiem.",
    "ms": "Kerajaan berkata pada hari Isnin bahawa harga naik 3 peratus di Berlin.",
    "nb": "Regjeringen sa mandag at prisene steg med 3 prosent i Berlin.",
    "nl": "De regering zei maandag dat de prijzen in Berlijn met 3 procent zijn gestegen.",
    "pl": "Rząd poinformował w poniedziałek, że ceny w Berlinie wzrosły o 3 procent.",
    "pt": "O governo disse na segunda-feira que os preços subiram 3 por cento em Berlim.",
    "ro": "Guvernul a declarat luni că prețurile au crescut cu 3 la sută la Berlin.",
    "ru": "Правительство сообщило в понедельник, что цены в Берлине выросли на 3 процента.",
    "sk": "Vláda v pondelok oznámila, že ceny v Berlíne vzrástli o 3 percentá.",
    "sl": "Vlada je v ponedeljek sporočila, da so se cene v Berlinu zvišale za 3 odstotke.",
    "sq": "Qeveria tha të hënën se çmimet u rritën me 3 për qind në Berlin.",
    "sr": "Влада је у понедељак саопштила да су цене у Берлину порасле за 3 одсто.",
    "sv": "Regeringen sade på måndagen att priserna steg med 3 procent i Berlin.",
    "th": "รัฐบาลกล่าวเมื่อวันจันทร์ว่าราคาในเบอร์ลินเพิ่มขึ้น 3 เปอร์เซ็นต์",
    "tl": "Sinabi ng pamahalaan noong Lunes na tumaas ng 3 porsiyento ang mga presyo sa Berlin.",
    "tr": "Hükümet pazartesi günü Berlin'de fiyatların yüzde 3 arttığını söyledi.",
    "uk": "Уряд повідомив у понеділок, що ціни в Берліні зросли на 3 відсотки.",
    "ur": "حکومت نے پیر کو کہا کہ برلن میں قیمتیں 3 فیصد بڑھ گئیں۔",
    "vi": "Chính phủ cho biết hôm thứ Hai rằng giá cả ở Berlin đã tăng 3 phần trăm.",
    "zh-Hans": "政府周一表示，柏林的物价上涨了百分之三。",
    "zh-Hant": "政府週一表示，柏林的物價上漲了百分之三。",
}
_MOST_REPEATS = 4
_LONGEST_UNIT = 24  # characters


def canary(language: Language) -> str:
    """Return the sentence to try a model on; varieties of a language share one, the rest take English."""
    return SENTENCES.get(language) or SENTENCES.get(language.partition("-")[0]) or SENTENCES["en"]


def doubt_about(translator: Translator) -> str:
    """Return in a few words what is wrong with what a model makes of its sentence; empty if nothing is."""
    try:
        ((best, *_),) = translator.translate([canary(translator.pair.source)], GREEDY)
    except (RuntimeError, ValueError, ModelDamaged) as error:
        return f"fails on a plain sentence: {error}"
    if not best.text.strip():
        return "returns nothing for a plain sentence"
    if stammers(best.text) or not best.complete:
        return f"repeats itself on a plain sentence: {best.text[:60]!r}"
    return ""


def stammers(text: str) -> bool:
    """Tell whether a piece of text is repeated more than four times on end.

    >>> stammers("the the the the the the"), stammers("the price of the bread")
    (True, False)
    """
    for width in range(2, _LONGEST_UNIT + 1):
        run = 0
        for at in range(width, len(text)):
            run = run + 1 if text[at] == text[at - width] else 0
            if run >= width * _MOST_REPEATS:
                return True
    return False
