"""Judge line by line what is the article and what a web page put around it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.cleaning.line_decision import removable
from monitor.cleaning.line_marks import FINISHED
from monitor.cleaning.line_model import content_scores
from monitor.cleaning.line_rules import Rules, line_key, ready_rules, rule_of
from monitor.cleaning.options import CleaningOptions
from monitor.models import Edit

_BULLETS = ("- ", "– ", "— ", "• ", "· ", "* ", "» ", "› ", "> ")
_LONGEST_LABEL = 5  # words
_LONGEST_MENU = 3  # lines
MODEL = "line:model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided about one line: `rule` says why it goes; `score` is how likely it is content."""

    keep: bool
    rule: str | None = None
    score: float = 1.0


KEPT = Verdict(keep=True)


def judge_lines(
    lines: Sequence[str],
    *,
    options: CleaningOptions | None = None,
    learned: Collection[str] = (),
    source: str | None = None,
) -> list[Verdict]:
    """Return one verdict a line of a document.

    `learned` holds known boilerplate of the outlet `source`, as `line_key` writes it.
    """
    options = options or CleaningOptions()
    if options.mode == "off":
        return [KEPT] * len(lines)
    solid = [i for i, line in enumerate(lines) if line and not line.isspace()]
    verdicts = [KEPT] * len(lines)
    for i, verdict in zip(solid, _judged([lines[i] for i in solid], options, learned, source), strict=True):
        verdicts[i] = verdict
    return verdicts


def name_lines(lines: Sequence[str], rules: Rules) -> list[str | None]:
    """Return for each line the rule that gives it away, None for most."""
    return _with_menus(lines, [rule_of(line, rules) for line in lines])


def _judged(
    lines: Sequence[str], options: CleaningOptions, learned: Collection[str], source: str | None
) -> list[Verdict]:
    named = name_lines(lines, ready_rules(options.phrases, source))
    marked = learned or options.keep or options.drop
    keys = [line_key(line) for line in lines] if marked else [""] * len(lines)
    verdicts = [_verdict(key, rule, options, learned) for key, rule in zip(keys, named, strict=True)]
    if options.mode == "rules" or MODEL in options.rules_off:
        return verdicts
    scores = content_scores(lines, named)
    gone = removable(lines, scores, options.mode)
    return [
        Verdict(keep=False, rule=MODEL, score=score)
        if off and verdict.keep and key not in options.keep
        else _scored(verdict, score)
        for verdict, key, score, off in zip(verdicts, keys, scores.tolist(), gone.tolist(), strict=True)
    ]


def _scored(verdict: Verdict, score: float) -> Verdict:
    return Verdict(keep=True, score=score) if verdict.keep else verdict


def find_noise(
    text: str, options: CleaningOptions, learned: Collection[str] = (), source: str | None = None
) -> list[Edit]:
    """Return the edits that take the lines out of `text` that are not the article, each with its newline."""
    lines = text.splitlines(keepends=True)
    verdicts = judge_lines(
        [line.rstrip("\r\n") for line in lines], options=options, learned=learned, source=source
    )
    return list(_removals(text, lines, verdicts))


def _verdict(key: str, rule: str | None, options: CleaningOptions, learned: Collection[str]) -> Verdict:
    if key in options.keep:
        return KEPT
    if key and key in options.drop:
        return Verdict(keep=False, rule="line:marked", score=0.0)
    if rule and rule not in options.rules_off:
        return Verdict(keep=False, rule=rule, score=0.0)
    if key in learned and "line:learned" not in options.rules_off:
        return Verdict(keep=False, rule="line:learned", score=0.02)
    return KEPT


def _with_menus(lines: Sequence[str], named: list[str | None]) -> list[str | None]:
    """Name short bulleted labels too that stand above the article, closed off by a line that a rule names."""
    walls = [-1, *(i for i, rule in enumerate(named) if rule)]
    out = list(named)
    for before, after in pairwise(walls):
        run = range(before + 1, after)
        if len(run) > _LONGEST_MENU or not all(_is_label(lines[i]) for i in run):
            break
        out[before + 1 : after] = ["line:menu"] * len(run)
    return out


def _is_label(line: str) -> bool:
    text = line.strip()
    return (
        text.startswith(_BULLETS)
        and len(text.split()) <= _LONGEST_LABEL + 1
        and not text.endswith((*FINISHED, ":"))
    )


def _removals(text: str, lines: Sequence[str], verdicts: Sequence[Verdict]) -> Iterator[Edit]:
    """Make edits: a line goes with the newline after it, at the end of the text with the one before it."""
    last_kept = max((i for i, v in enumerate(verdicts) if v.keep), default=-1)
    unended = bool(lines) and lines[-1] == lines[-1].rstrip("\r\n") and last_kept >= 0
    at = 0
    for i, (line, verdict) in enumerate(zip(lines, verdicts, strict=True)):
        start, at = at, at + len(line)
        if verdict.keep:
            continue
        end = at
        if unended and i > last_kept:
            start -= _newline(lines[i - 1])
            end -= _newline(line)
        yield Edit(
            start=start,
            end=end,
            removed=text[start:end],
            inserted="",
            rule=verdict.rule or "line",
            confidence=round(1 - verdict.score, 3),
        )


def _newline(line: str) -> int:
    return len(line) - len(line.rstrip("\r\n"))
