-- Who of the watchlist is written about most?
select
    entity,
    count as articles,
    round(ratio, 3) as share,
    title_count as in_titles,
    mention_count as mentions
from share_of_voice
order by articles desc, entity;
