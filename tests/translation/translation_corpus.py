"""Makes articles of the grammar that the small models know, with their translations."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "packages" / "make"))
import grammar

grammar.INVENTED = False


def use_models(folder):
    Path("monitor.toml").write_text(f"[translation]\nmodels = '{folder}'\n[workers]\ncount = 1\n")


def write(place, number, language, *, seed=None, paragraphs=4):
    """Write an article of the grammar and return its title and text in English."""
    made = grammar.sample_article(random.Random(number if seed is None else seed), paragraphs)
    text = "\n\n".join(made[language]["paragraphs"])
    (place / "in" / f"{number}.md").write_text(f"---\ntitle: {made[language]['title']!r}\n---\n\n{text}\n")
    return made["en"]["title"], "\n".join(made["en"]["paragraphs"])
