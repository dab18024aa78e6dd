-- What did not become an article, and why?
select
    stage,
    reason,
    count(*) as input_count,
    any_value(uri) as example
from rejects
group by stage, reason
order by input_count desc, stage, reason;
