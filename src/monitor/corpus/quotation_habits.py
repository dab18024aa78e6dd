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


# Small words inside names, in any language: Ursula von der Leyen, Luiz Inácio Lula da Silva.
PARTICLES = (
    "de del della di da do dos das du des la las los le van von der den zu zur al el bin ibn ben of y e"
)


class Habit(NamedTuple):
    """A language's words of saying, and words that open an attribution ("according to").

    `links` are small words after which a capital belongs to an office ("minister of Defence"), not to a person.
    """

    verbs: str
    sources: str = ""
    links: str = ""


HABITS: dict[Language, Habit] = {
    Language(code): habit
    for code, habit in {
        "en": Habit(
            "said says told added adds stated argued claimed warned wrote explained insisted "
            "noted announced replied tweeted declared confirmed acknowledged recalled commented "
            "remarked concluded",
            "according to",
            "of for from at in with the",
        ),
        "es": Habit(
            "dijo dice afirmó afirma aseguró asegura declaró declara señaló señala explicó "
            "explica añadió añade agregó indicó manifestó sostuvo advirtió comentó subrayó "
            "destacó expresó apuntó escribió dicho afirmado asegurado declarado señalado "
            "explicado añadido indicado manifestado advertido",
            "según",
            "de del para en por la el los las",
        ),
        "fr": Habit(
            "dit déclaré affirmé assuré expliqué ajouté indiqué estimé souligné précisé annoncé "
            "confié averti déclare affirme assure explique ajoute indique estime souligne "
            "précise écrit lancé regretté réagi",
            "selon|d'après",
            "de du des pour à en la le les",
        ),
        "de": Habit(
            "sagte sagt erklärte erklärt betonte betont teilte schrieb schreibt warnte warnt "
            "kritisierte meinte meint ergänzte forderte berichtete kündigte bestätigte",
            "so|laut",
            "von vom für im am beim der die das dem den des ein eine einer",
        ),
        "pt": Habit(
            "disse diz afirmou afirma declarou explicou acrescentou informou destacou ressaltou "
            "comentou garantiu alertou escreveu",
            "segundo",
            "da de do das dos para em no na",
        ),
        "it": Habit(
            "detto dice dichiarato affermato spiegato aggiunto sottolineato precisato scritto "
            "annunciato commentato disse afferma spiega aggiunge",
            "secondo",
            "di del della dei degli delle dell per il la lo",
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
