"""Bytes become the text that their writer saw, in whatever encoding: text files and web pages alike."""

import codecs

import pytest

from monitor.readers.encoding import decode
from monitor.readers.html import read_html

TEXTS = {
    "ru": "Городской совет в воскресенье решил сохранить старый маяк. Мэр сказала, что пришло девять тысяч писем.",
    "uk": "Міська рада в неділю вирішила зберегти старий маяк. Мерка сказала, що надійшло дев’ять тисяч листів.",
    "pl": "Rada miasta zdecydowała w niedzielę, że stara latarnia zostanie. Burmistrz mówiła o dziewięciu sprawach.",
    "cs": "Městská rada v neděli rozhodla, že starý maják zůstane. Starostka řekla, že přišlo devět tisíc dopisů.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε την Κυριακή να κρατήσει τον παλιό φάρο. Ήρθαν εννέα χιλιάδες επιστολές.",
    "tr": "Şehir meclisi pazar günü eski feneri korumaya karar verdi. Başkan dokuz bin mektup geldiğini söyledi.",
    "he": "מועצת העיר החליטה ביום ראשון לשמור על המגדלור הישן. ראש העיר אמרה שהגיעו תשעת אלפים מכתבים.",
    "ar": "قرر مجلس المدينة يوم الأحد الحفاظ على المنارة القديمة. وقالت رئيسة البلدية إن تسعة آلاف رسالة وصلت.",
    "ja": "市議会は日曜日、古い灯台を残すことを決めた。市長は九千通の手紙が届いたと述べた。子どもたちも訪れた。",
    "ko": "시의회는 일요일에 오래된 등대를 지키기로 결정했다. 시장은 편지 구천 통이 왔다고 말했다.",
    "zh": "市议会星期日决定保留旧灯塔。市长说，收到了九千封来信，孩子们也可以免费参观灯塔。",
    "zt": "市議會星期日決定保留舊燈塔。市長說，收到了九千封來信，孩子們也可以免費參觀燈塔。",
    "de": "Der Stadtrat beschloss am Sonntag, den alten Leuchtturm für die Bürger zu erhalten. Es kamen größere Körbe.",
    "fr": "Le conseil a décidé dimanche de garder le vieux phare. La maire a déclaré que les élèves étaient très émus.",
    "fa": "شوراي شهر روز يکشنبه تصميم گرفت چراغ دريايي را نگه دارد. پيش از آن نه هزار نامه رسيده بود.",
    "lt": "Miesto taryba sekmadienį nusprendė išsaugoti seną švyturį. Merė sakė, kad atėjo devyni tūkstančiai laiškų.",
}
ENCODINGS = {
    "ru": ["cp1251", "koi8_r"], "uk": ["cp1251", "koi8_u"], "pl": ["cp1250", "iso8859_2"],
    "cs": ["cp1250", "iso8859_2"], "el": ["cp1253", "iso8859_7"], "tr": ["cp1254"], "he": ["cp1255"],
    "ar": ["cp1256"], "ja": ["cp932", "euc_jp"], "ko": ["cp949"], "zh": ["gb18030"], "zt": ["big5hkscs"],
    "de": ["cp1252"], "fr": ["cp1252"], "lt": ["cp1257"],
}  # fmt: skip
LEGACY = [(language, encoding) for language, encodings in ENCODINGS.items() for encoding in encodings]
PAGE = "<html><head>{meta}<title>Vellmar</title></head><body><article>{paragraphs}</article></body></html>"


def page(text, meta=""):
    return PAGE.format(meta=meta, paragraphs="".join(f"<p>{text} {number}.</p>" for number in range(8)))


def written(text, encoding):
    """Return the text as far as the encoding has its characters, and its bytes."""
    data = text.encode(encoding, "ignore")
    return data.decode(encoding), data


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_text_file_in_a_legacy_encoding_reads_as_it_was_written(language, encoding):
    text, data = written(TEXTS[language] * 3, encoding)
    assert decode(data) == text


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_page_that_does_not_name_its_encoding_reads_as_it_was_written(language, encoding):
    data = page(TEXTS[language]).encode(encoding, "ignore")
    assert TEXTS[language].encode(encoding, "ignore").decode(encoding) in read_html(data).text


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_page_that_wrongly_says_utf_8_reads_as_it_was_written(language, encoding):
    data = page(TEXTS[language], '<meta charset="utf-8">').encode(encoding, "ignore")
    assert TEXTS[language].encode(encoding, "ignore").decode(encoding) in read_html(data).text


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    ("language", "encoding"),
    [pair for pair in LEGACY if pair[0] in ("ru", "uk", "el", "he", "ar")] + [("fa", "cp1256")],
)
def test_a_page_in_another_script_that_wrongly_says_latin_1_reads_as_it_was_written(
    language, encoding, label
):
    text = TEXTS[language].encode(encoding, "ignore").decode(encoding)
    assert text in read_html(page(text, f'<meta charset="{label}">').encode(encoding)).text


def test_a_page_full_of_accents_is_in_the_encoding_that_it_says():
    text = "Été à Évry: où l’âme rêvée, ôtée, gênée, s’est-elle égarée? Ça a été évoqué à l’Élysée."
    assert text in read_html(page(text, '<meta charset="iso-8859-1">').encode("cp1252")).text


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "ascii", "windows-1252"])
def test_a_declared_encoding_is_read_as_browsers_read_it(label):
    data = page("Der Bürgermeister sagte: “Wir bleiben” – für 5 €", f'<meta charset="{label}">').encode(
        "cp1252"
    )
    assert "“Wir bleiben” – für 5 €" in read_html(data).text


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE]
)
def test_a_byte_order_mark_is_believed_before_anything_else(mark):
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
    name = encoding.get(mark, "utf-32-le")
    assert decode(mark + TEXTS["zh"].encode(name)) == TEXTS["zh"]
    marked_page = mark + page(TEXTS["zh"], '<meta charset="iso-8859-1">').encode(name)
    assert TEXTS["zh"] in read_html(marked_page).text


def test_a_few_broken_bytes_do_not_make_utf_8_another_encoding():
    data = (TEXTS["cs"] * 5).encode().replace("ř".encode(), b"\xc5", 1)
    assert decode(data).count("\ufffd") == 1
    assert "neděli rozhodla" in decode(data)
