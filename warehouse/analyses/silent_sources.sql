-- Which outlets fell quiet or burst in the last seven days?
select
    outlet,
    status,
    count,
    expected_low,
    expected_high,
    last_date
from silent_sources
order by status desc, outlet;
