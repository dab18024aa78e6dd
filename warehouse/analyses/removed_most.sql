-- Which lines did cleaning take out most often, and why?
select
    line,
    rule,
    sum(removed_count) as removed_count,
    sum(article_count) as article_count
from removed_lines
group by line, rule
order by removed_count desc, line
limit 15;
