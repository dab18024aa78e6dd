-- Views over what only many articles tell.

create or replace view article_signatures as
select
    articles.article_id,
    concat_ws(':', articles.content_sha256, translated.recipe_hash, translated.pending_count) as signature,
    articles.published_at,
    coalesce(articles.published_at, date_trunc('day', articles.first_seen_at)) as dated_at
from articles
left join article_translations as translated
    on translated.article_id = articles.article_id
    and translated.revision = articles.revision
    and translated.target_language = 'en';
comment on view article_signatures is 'What each article looks like now; a corpus step does again what it saw otherwise.';

create or replace view stories as
select
    story_id,
    any_value(articles.title) filter (story_articles.is_central) as title,
    any_value(translated.title) filter (story_articles.is_central) as title_in_english,
    any_value(article_id) filter (story_articles.is_central) as central_article_id,
    min(story_articles.dated_at) as first_at,
    max(story_articles.dated_at) as last_at,
    count(*) as article_count,
    count(*) filter (duplicates.article_id is null or duplicates.original_id = article_id) as original_count,
    count(distinct articles.source_id) as source_count,
    count(distinct articles.language) as language_count,
    list_sort(list(distinct articles.language)) as languages
from story_articles
join articles using (article_id)
left join duplicates using (article_id)
left join article_translations as translated
    on translated.article_id = articles.article_id
    and translated.revision = articles.revision
    and translated.target_language = 'en'
group by story_id;
comment on view stories is 'Articles about one event, across languages: one row a story, with the title of its most central article; title_in_english is null where that needs no translation or has none.';

create or replace view article_changes as
select
    current.article_id,
    current.revision,
    current.indexed_at,
    current.title is distinct from previous.title as title_changed,
    current.published_at is distinct from previous.published_at as date_changed,
    current.text is distinct from previous.text as text_changed,
    length(current.text) - length(previous.text) as characters_added,
    previous.title as title_before,
    current.title as title_after,
    previous.published_at as published_at_before,
    current.published_at as published_at_after,
    (
        select min(earlier.revision)
        from article_revisions as earlier
        where
            earlier.article_id = current.article_id
            and earlier.revision < current.revision
            and earlier.content_sha256 = current.content_sha256
    ) as reverts_to
from article_revisions as current
join article_revisions as previous
    on previous.article_id = current.article_id and previous.revision = current.revision - 1;
comment on view article_changes is 'One row for each time that an article changed: what changed, and whether it went back to an earlier revision.';
