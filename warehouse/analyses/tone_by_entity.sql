-- In how positive or negative articles does each entity of the watchlist stand?
select
    entity,
    count(*) as articles,
    round(avg(tone), 3) as mean_tone,
    round(min(tone), 3) as lowest,
    round(max(tone), 3) as highest
from (select distinct entity, article_id from mentions)
join article_tones using (article_id)
group by entity
order by articles desc, entity;
