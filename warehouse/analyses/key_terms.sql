-- Which key terms do most articles share?
select
    lower(term) as term,
    count(distinct article_id) as articles,
    round(avg(score), 4) as mean_score
from key_terms
where side = 'translation' or article_id in (select article_id from articles where language = 'en')
group by lower(term)
order by articles desc, mean_score
limit 40;
