-- Which outlets fill each week?
select
    date as week,
    outlet,
    count,
    round(ratio, 3) as ratio
from source_interval_attention
where interval = 'week'
order by week desc, count desc, outlet;
