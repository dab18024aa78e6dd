-- Who is quoted most, and in how many outlets?
select
    speaker,
    count(*) as quotations,
    count(distinct articles.source_id) as outlets,
    any_value(quotation) as example
from quotations
join articles using (article_id)
where speaker is not null
group by speaker
order by quotations desc, speaker
limit 25;
