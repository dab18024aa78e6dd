"""How each language writes that somebody said something: quotation marks and words of saying.

Words only; `quotations` has the patterns. Each verb is written as news reports use it.
"""

from typing import NamedTuple

from monitor.languages import Language

# Opening mark -> closing marks. German, Danish and others also write »…«, Polish „…”.
MARKS: dict[str, str] = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "＂": "＂",
}


class Habit(NamedTuple):
    """A language's words of saying, words that open an attribution ("according to"), small words in names."""

    verbs: str
    sources: str = ""
    particles: str = ""


HABITS: dict[Language, Habit] = {
    Language(code): habit
    for code, habit in {
        "en": Habit(
            "said says told added adds stated argued claimed warned wrote explained insisted "
            "noted announced replied tweeted declared confirmed acknowledged recalled commented "
            "remarked concluded",
            "according to",
            "of de van von al bin ibn el",
        ),
        "es": Habit(
            "dijo dice afirmó afirma aseguró asegura declaró declara señaló señala explicó "
            "explica añadió añade agregó indicó manifestó sostuvo advirtió comentó subrayó "
            "destacó expresó apuntó escribió dicho afirmado asegurado declarado señalado "
            "explicado añadido indicado manifestado advertido",
            "según",
            "de del la las los y",
        ),
        "fr": Habit(
            "dit déclaré affirmé assuré expliqué ajouté indiqué estimé souligné précisé annoncé "
            "confié averti déclare affirme assure explique ajoute indique estime souligne "
            "précise écrit lancé regretté réagi",
            "selon|d'après",
            "de du des la le",
        ),
        "de": Habit(
            "sagte sagt erklärte erklärt betonte betont teilte schrieb schreibt warnte warnt "
            "kritisierte meinte meint ergänzte forderte berichtete kündigte bestätigte",
            "so|laut",
            "von vom zu zur van der den de",
        ),
        "pt": Habit(
            "disse diz afirmou afirma declarou explicou acrescentou informou destacou ressaltou "
            "comentou garantiu alertou escreveu",
            "segundo",
            "da de do das dos e",
        ),
        "it": Habit(
            "detto dice dichiarato affermato spiegato aggiunto sottolineato precisato scritto "
            "annunciato commentato disse afferma spiega aggiunge",
            "secondo",
            "di de del della dei",
        ),
        "ru": Habit(
            "сказал сказала сказали заявил заявила заявили отметил отметила подчеркнул "
            "подчеркнула добавил добавила сообщил сообщила рассказал рассказала написал "
            "написала пояснил пояснила считает говорит уверен",
            "по словам",
        ),
        "zh-Hans": Habit("说 表示 称 指出 强调 认为 告诉 回应 透露 写道 补充道 说道 介绍 坦言", "据"),
        "zh-Hant": Habit("說 表示 稱 指出 強調 認為 告訴 回應 透露 寫道 補充 說道", "據"),
        "ar": Habit(
            "قال قالت وقال وقالت أضاف أضافت وأضاف وأضافت صرح صرحت وصرح أكد أكدت وأكد وأكدت أوضح "
            "أوضحت وأوضح ذكر ذكرت أشار أشارت وأشار أعلن أعلنت وأعلن كتب كتبت",
            "بحسب|وفقا ل",
        ),
    }.items()
}
