-- Where do dates, languages or whole texts miss?
select
    outlet,
    sum(count) as articles,
    round(sum(count * without_date_ratio) / sum(count), 3) as without_date,
    round(sum(count * without_language_ratio) / sum(count), 3) as without_language,
    round(sum(count * partial_ratio) / sum(count), 3) as partial,
    round(max(flagged_translation_ratio), 3) as flagged_on_worst_day
from data_quality
group by outlet
order by articles desc, outlet;
