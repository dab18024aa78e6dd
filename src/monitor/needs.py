"""Which languages a corpus is written in, found without loading it; and those of a warehouse."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from monitor.frames import ReadFile
from monitor.languages import Language
from monitor.pipeline import Plan
from monitor.walk import find_files
from monitor.warehouse.query import ask
from monitor.worker_pool import WorkerPool

_MOST_FILES = 2_000
_FEWEST = 0.001  # part of the articles below which a language is a stray


def languages_in(paths: Sequence[str | Path], plan: Plan) -> list[Language]:
    """Return the main languages of the articles below `paths`, the commonest first.

    Of a large corpus evenly spread files are read. A language of less than one article in a thousand is left
    out, if it is one article alone.
    """
    files = [file for file in find_files(paths) if not file.problem]
    step = max(1, len(files) // _MOST_FILES)
    tasks = [ReadFile(uri=file.uri, path=os.fsencode(file.path)) for file in files[::step]]
    found: Counter[Language] = Counter()
    with WorkerPool(plan.begin, workers=plan.workers, deadline_s=plan.deadline_s) as pool:
        for processed in pool.run(tasks):
            if processed.prepared:
                found[processed.prepared.languages.main.language] += 1
    total = found.total()
    return [language for language, count in found.most_common() if count > 1 or count >= total * _FEWEST]


def languages_of(warehouse: Path) -> list[Language]:
    """Return the languages of the paragraphs in a warehouse, those of most articles first.

    Raises WarehouseError where there is none.
    """
    sql = "select language from segments group by language order by count(distinct article_id) desc, language"
    return [Language(row[0]) for row in ask(warehouse, sql).rows]
