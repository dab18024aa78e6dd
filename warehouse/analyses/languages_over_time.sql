-- How does the mix of languages change from day to day?
select
    date,
    language,
    count,
    round(ratio, 3) as ratio
from languages_over_time
order by date desc, count desc, language;
