"""Portugal's or Brazil's Portuguese: told by spelling, words and turns of phrase, over a whole article only."""

import re

_BRAZIL = re.compile(
    r"\b(?:est[áã]o?|estav\w+|estou|estamos|vem|vêm|segu\w+|continu\w+) (?:se )?\w+[aei]ndo\b"
    r"|[êô](?:nic|mic|nio|nia|mod|mer)"
    r"|\b(?:você|vocês|equipes?|times?|bilhões|trem|trens|ônibus|celular(?:es)?|usuári[oa]s?|mídias?|telas?|gols?|"
    r"planej\w+|registr\w+|contat\w+|fatos?|bebês?|irã|moscou|vietnã|cingapura|polônia|amsterdã|esportes?|esportiv\w+|"
    r"goleiro|gramado|torcida|caminhão|caminhões|xícara|geladeira|banheiros?|aluguel|café da manhã|aterrissa\w+|"
    r"acadêmic\w+|econômic\w+|gênero|prêmios?|polêmic\w+|fenômenos?|quilômetros?|decepcion\w+|concreto|enquete|"
    r"pesquisador(?:a|es)?|prefeit[oa]|cadeirante|pedágio|recepção|perspectiva|contêiner|suco|metrô|perguntou para)\b",
)
_PORTUGAL = re.compile(
    r"\b(?:est[áã]o?|estav\w+|estou|estamos|vem|vêm|continu\w+|começ\w+) a \w+[aei]r(?:-\w+)?\b"
    r"|\Bó(?:nic|mic|nim)|émi[oc]|óni[oa]|énero|ómeno|ómetro"
    r"|\B(?:ámos|ou-se|aram-se|eu-se|iu-se|ou-lhe|ava-se|a-se)\b"
    r"|\b(?:equipas?|comboios?|autocarros?|telemóve(?:l|is)|utilizador(?:a|es)?|ecrãs?|golos?|planea\w+|"
    r"regist[oa]\w*|contact\w+|factos?|bebés?|irão|moscovo|vietname|singapura|polónia|amesterdão|desportos?|"
    r"desportiv\w+|guarda-redes|relvado|adeptos?|camião|camiões|chávena|frigorífico|rapariga|autarca|autarquia|"
    r"inquérito|sondage[mn]s?|connosco|sumo|betão|portagem|mil milhões|receção|perspetiva|investigador(?:a|es)|"
    r"esquadra|comissári[oa]|pequeno-almoço|casa de banho|em direto|secção|projecto|acção|actual\w*|direcção)\b",
)
_READ = 10_000  # characters
_HINT = 1  # as good as one sign


def is_brazilian(text: str, hint: str | None = None) -> bool:
    """Return whether Portuguese text is Brazil's; Portugal's where nothing tells.

    >>> is_brazilian("O time está jogando bem."), is_brazilian("A equipa está a jogar bem.")
    (True, False)
    """
    piece = text[:_READ].lower()
    signs = sum(1 for _ in _BRAZIL.finditer(piece)) - sum(1 for _ in _PORTUGAL.finditer(piece))
    claim = (hint or "").replace("_", "-").lower()
    return signs + _HINT * (claim == "pt-br") - _HINT * (claim == "pt-pt") > 0
