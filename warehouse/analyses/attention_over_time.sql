-- How many articles were published each day, and how many of them are no copies?
select
    date,
    everything.count,
    round(everything.ratio, 4) as ratio,
    coalesce(originals.count, 0) as originals
from attention_over_time as everything
left join attention_over_time_originals as originals using (date)
order by date;
