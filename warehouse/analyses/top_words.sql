-- Which words are used most, copies counted once?
select
    term,
    term_count,
    doc_count,
    round(doc_ratio, 3) as doc_ratio
from top_words_originals
order by doc_count desc, term_count desc, term
limit 40;
