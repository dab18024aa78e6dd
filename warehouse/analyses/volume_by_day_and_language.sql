-- How many articles a day, by language? Articles without a date count on the day they were first seen.
select
    coalesce(published_at, first_seen_at)::date as day,
    language,
    count(*) as article_count,
    sum(word_count) as word_count
from articles
group by day, language
order by day desc, article_count desc, language;
