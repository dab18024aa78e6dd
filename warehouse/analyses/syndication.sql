-- Who copies whom, how fast, and how much of the text?
select
    original_outlet,
    copying_outlet,
    count,
    median_lag_minutes,
    round(mean_share_copied, 2) as share_copied
from syndication_network
order by count desc, original_outlet, copying_outlet;
