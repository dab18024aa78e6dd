"""Judge line by line what is the article and what a web page put around it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.cleaning.line_rules import line_key, ready_rules, rule_of
from monitor.cleaning.options import CleaningOptions
from monitor.models import Edit

_BULLETS = ("- ", "– ", "— ", "• ", "· ", "* ", "» ", "› ", "> ")
_LONGEST_LABEL = 5  # words
_LONGEST_MENU = 3  # lines


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
    rules = ready_rules(options.phrases, source)
    named = [None if line.isspace() or not line else rule_of(line, rules) for line in lines]
    named = _with_menus(lines, named)
    keys = [line_key(line) for line in lines]
    return [_verdict(key, rule, options, learned) for key, rule in zip(keys, named, strict=True)]


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
        and not text.endswith((".", "!", "?", "。", "।", "؟", ":"))
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
