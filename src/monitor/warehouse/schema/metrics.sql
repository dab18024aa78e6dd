-- The field's metrics, each for all articles and for originals only (`_originals`: syndicated copies left out).
-- Each is a table macro over `counted_articles` with the question "originals only?", and two views over it.
-- Days are UTC. Metrics over time count articles by the day of publication; articles without a date are left
-- out of them, and data_quality says how many those are.

create or replace view counted_articles as
select
    articles.article_id,
    articles.source_id,
    coalesce(sources.name, articles.source_id, '(unknown)') as outlet,
    articles.language,
    articles.published_at,
    articles.published_at::date as date,
    coalesce(articles.published_at, articles.first_seen_at)::date as day,
    articles.partial_reason,
    translated.sentence_count as translated_count,
    translated.doubtful_count,
    duplicates.original_id is null or duplicates.original_id = articles.article_id as is_original
from articles
left join sources using (source_id)
left join duplicates using (article_id)
left join article_translations as translated
    on
        translated.article_id = articles.article_id
        and translated.revision = articles.revision
        and translated.target_language = 'en';
comment on view counted_articles is 'What the metrics count: one row an article, with whether it is an original.';
comment on column counted_articles.date is 'Day of publication; null where unknown.';
comment on column counted_articles.day is 'Day of publication, else the day it was first seen.';

create or replace macro attention_over_time_in(originals_only) as table
with days as (
    select date, count(*) as count
    from counted_articles
    where date is not null and (is_original or not originals_only)
    group by date
),
calendar as (
    select unnest(generate_series(min(date), max(date), interval 1 day))::date as date from days
),
total as (select sum(count) as total_count from days)
select
    calendar.date,
    coalesce(days.count, 0)::bigint as count,
    total.total_count::bigint as total_count,
    coalesce(days.count, 0) / total.total_count as ratio
from calendar
cross join total
left join days using (date)
order by date;

create or replace view attention_over_time as from attention_over_time_in(false);
comment on view attention_over_time is 'Articles a day, every day from the first to the last: count; of all dated articles: total_count; ratio is their quotient.';
create or replace view attention_over_time_originals as from attention_over_time_in(true);
comment on view attention_over_time_originals is 'As attention_over_time, originals only.';

create or replace macro attention_to(wanted, originals_only := false) as table
with about as (
    select article_id from mentions where entity = wanted
    union
    select article_id from query_matches where query = wanted
),
days as (
    select date, count(*) as total_count, count(about.article_id) as count
    from counted_articles
    left join about using (article_id)
    where date is not null and (is_original or not originals_only)
    group by date
),
calendar as (
    select unnest(generate_series(min(date), max(date), interval 1 day))::date as date from days
)
select
    calendar.date,
    coalesce(days.count, 0)::bigint as count,
    coalesce(days.total_count, 0)::bigint as total_count,
    coalesce(days.count / days.total_count, 0) as ratio
from calendar
left join days using (date)
order by date;

create or replace macro source_interval_attention_in(originals_only) as table
with spread as (
    select unnest(['day', 'week', 'month']) as interval, source_id, outlet, date
    from counted_articles
    where date is not null and (is_original or not originals_only)
),
counted as (
    select interval, date_trunc(interval, date)::date as date, source_id, outlet, count(*) as count
    from spread
    group by all
)
select
    source_id,
    outlet,
    interval,
    date,
    count,
    sum(count) over (partition by interval, date)::bigint as total_count,
    count / sum(count) over (partition by interval, date) as ratio
from counted
order by interval, date, count desc, source_id;

create or replace view source_interval_attention as from source_interval_attention_in(false);
comment on view source_interval_attention is 'Articles of each outlet in each day, week (from Monday) and month; total_count is of all outlets in it.';
comment on column source_interval_attention.interval is 'day, week or month; date is its first day. Ask for one of them.';
create or replace view source_interval_attention_originals as from source_interval_attention_in(true);
comment on view source_interval_attention_originals is 'As source_interval_attention, originals only.';

create or replace macro top_words_in(originals_only) as table
with sample as (
    select words, counts
    from article_words
    join counted_articles using (article_id)
    where is_original or not originals_only
),
size as (select count(*) as sample_size from sample),
spread as (select unnest(words) as term, unnest(counts) as term_count from sample),
counted as (
    select term, sum(term_count)::bigint as term_count, count(*) as doc_count from spread group by term
)
select
    term,
    term_count,
    term_count / sum(term_count) over () as term_ratio,
    doc_count,
    doc_count / sample_size as doc_ratio,
    sample_size
from counted
cross join size
order by term_count desc, term;

create or replace view top_words as from top_words_in(false);
comment on view top_words is 'Words of all articles, in English where translated, without function words. Ask with a limit.';
comment on column top_words.term_ratio is 'Part of all words counted.';
comment on column top_words.doc_ratio is 'Part of the articles that have the word.';
comment on column top_words.sample_size is 'How many articles were counted: all whose words are known.';
create or replace view top_words_originals as from top_words_in(true);
comment on view top_words_originals is 'As top_words, originals only.';

create or replace macro share_of_voice_in(originals_only) as table
with seen as (
    select entity_id, article_id, part like 'title%' as in_title, part not like '%translation' as in_original
    from mentions
    join counted_articles using (article_id)
    where is_original or not originals_only
),
counted as (
    select
        entity_id,
        count(distinct article_id) as count,
        count(distinct article_id) filter (in_title) as title_count,
        count(*) filter (in_original) as mention_count
    from seen
    group by entity_id
)
select
    watchlists.entity,
    watchlists.entity_type,
    coalesce(counted.count, 0) as count,
    sum(coalesce(counted.count, 0)) over ()::bigint as total_count,
    coalesce(coalesce(counted.count, 0) / nullif(sum(coalesce(counted.count, 0)) over (), 0), 0) as ratio,
    coalesce(counted.title_count, 0) as title_count,
    coalesce(counted.mention_count, 0) as mention_count
from watchlists
left join counted using (entity_id)
order by count desc, entity;

create or replace view share_of_voice as from share_of_voice_in(false);
comment on view share_of_voice is 'Articles that mention each entity of the watchlist, and its part of all such articles of all entities.';
comment on column share_of_voice.total_count is 'Sum of count over the entities: an article about two counts for both.';
comment on column share_of_voice.mention_count is 'Sightings in originals; those in translations are the same ones again.';
create or replace view share_of_voice_originals as from share_of_voice_in(true);
comment on view share_of_voice_originals is 'As share_of_voice, originals only.';

create or replace macro languages_over_time_in(originals_only) as table
select
    date,
    language,
    count(*) as count,
    sum(count(*)) over (partition by date)::bigint as total_count,
    count(*) / sum(count(*)) over (partition by date) as ratio
from counted_articles
where date is not null and (is_original or not originals_only)
group by date, language
order by date, count desc, language;

create or replace view languages_over_time as from languages_over_time_in(false);
comment on view languages_over_time is 'Articles a day and language; total_count is of all languages that day.';
create or replace view languages_over_time_originals as from languages_over_time_in(true);
comment on view languages_over_time_originals is 'As languages_over_time, originals only.';

create or replace macro syndication_network_in(originals_only) as table
select
    originals.source_id as original_source_id,
    originals.outlet as original_outlet,
    copies.source_id as copying_source_id,
    copies.outlet as copying_outlet,
    count(distinct case when originals_only then duplicates.original_id else duplicates.article_id end) as count,
    median(duplicates.lag_minutes) as median_lag_minutes,
    avg(duplicates.share_copied) as mean_share_copied
from duplicates
join counted_articles as copies using (article_id)
join counted_articles as originals on originals.article_id = duplicates.original_id
where duplicates.article_id <> duplicates.original_id
group by all
order by count desc, original_outlet, copying_outlet;

create or replace view syndication_network as from syndication_network_in(false);
comment on view syndication_network is 'Who copies whom: one row a pair of outlets, with how many copies, how late, how much of the text.';
comment on column syndication_network.median_lag_minutes is 'Minutes from the original''s publication to the copy''s; null without dates.';
create or replace view syndication_network_originals as from syndication_network_in(true);
comment on view syndication_network_originals is 'As syndication_network, counting each original once however often it was copied.';

-- Seven days up to the newest dated article against the four times seven days before: a range of two standard
-- deviations around the mean, with the variance no smaller than the mean (as for chance events, Poisson).
create or replace macro silent_sources_in(originals_only) as table
with dated as (
    select source_id, outlet, date, (max(date) over () - date) // 7 as weeks_ago
    from counted_articles
    where date is not null and source_id is not null and (is_original or not originals_only)
),
outlets as (
    select source_id, outlet, max(date) as last_date, max(weeks_ago) as oldest
    from dated
    group by all
    having max(weeks_ago) >= 2
),
weeks as (
    select source_id, unnest(range(0, least(oldest, 4) + 1)) as weeks_ago from outlets
),
counted as (
    select weeks.source_id, weeks.weeks_ago, count(dated.date) as count
    from weeks
    left join dated using (source_id, weeks_ago)
    group by all
),
expected as (
    select
        source_id,
        any_value(count) filter (weeks_ago = 0) as count,
        avg(count) filter (weeks_ago > 0) as expected,
        sqrt(greatest(var_pop(count) filter (weeks_ago > 0), avg(count) filter (weeks_ago > 0))) as deviation
    from counted
    group by source_id
)
select
    source_id,
    outlet,
    case when count < expected then 'quiet' else 'burst' end as status,
    count,
    round(expected, 2) as expected,
    round(greatest(expected - 2 * deviation, 0), 2) as expected_low,
    round(expected + 2 * deviation, 2) as expected_high,
    last_date
from expected
join outlets using (source_id)
where count < expected - 2 * deviation or count > expected + 2 * deviation or (count = 0 and expected >= 3)
order by status desc, abs(count - expected) desc, source_id;

create or replace view silent_sources as from silent_sources_in(false);
comment on view silent_sources is 'Outlets that fell quiet or burst in the last seven days, against what the four weeks before let expect.';
comment on column silent_sources.count is 'Articles in the seven days up to the newest dated article of the warehouse.';
comment on column silent_sources.expected is 'Mean of up to four earlier weeks; outlets with less than two of them are left out.';
create or replace view silent_sources_originals as from silent_sources_in(true);
comment on view silent_sources_originals is 'As silent_sources, originals only.';

create or replace macro data_quality_in(originals_only) as table
select
    day as date,
    source_id,
    outlet,
    count(*) as count,
    avg((date is null)::integer) as without_date_ratio,
    avg((language = 'und')::integer) as without_language_ratio,
    avg((partial_reason is not null)::integer) as partial_ratio,
    sum(doubtful_count) / nullif(sum(translated_count), 0) as flagged_translation_ratio
from counted_articles
where is_original or not originals_only
group by day, source_id, outlet
order by date, count desc, source_id;

create or replace view data_quality as from data_quality_in(false);
comment on view data_quality is 'By outlet and day: share of articles without date, without language, incompletely extracted. Undated ones count on the day they were first seen.';
comment on column data_quality.flagged_translation_ratio is 'Part of the sentences translated into English that did not pass the checks; null without any.';
create or replace view data_quality_originals as from data_quality_in(true);
comment on view data_quality_originals is 'As data_quality, originals only.';
