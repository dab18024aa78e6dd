-- Which outlets are there, how much do they publish, and since when?
select
    coalesce(sources.name, '(unknown)') as outlet,
    count(*) as article_count,
    count(distinct articles.language) as language_count,
    min(articles.published_at)::date as first_published,
    max(articles.published_at)::date as last_published
from articles
left join sources using (source_id)
group by outlet
order by article_count desc, outlet;
