-- Views for people, made anew whenever a warehouse is opened by another version of monitor.

create or replace view article_history as
select
    revisions.*,
    articles.revision = revisions.revision as is_current
from article_revisions as revisions
join articles using (article_id);
comment on view article_history is 'Every revision of every article, with which one is current.';

create or replace view segment_texts as
select
    segments.*,
    case
        when segments.kind = 'title' then revisions.title
        else substring(revisions.text, segments.start_offset + 1, segments.end_offset - segments.start_offset)
    end as text
from segments
join article_revisions as revisions using (article_id, revision);
comment on view segment_texts is 'Titles and paragraphs with their text and language.';

create or replace view removed_lines as
select
    articles.source_id,
    trim(edits.removed, e' \n\t\r') as line,
    edits.rule,
    count(*) as removed_count,
    count(distinct edits.article_id) as article_count
from edits
join articles using (article_id, revision)
where edits.inserted = '' and trim(edits.removed, e' \n\t\r') <> ''
group by all;
comment on view removed_lines is 'What cleaning took out, by outlet, line and rule.';

create or replace view languages as
select
    language,
    count(*) as article_count,
    round(count(*) / sum(count(*)) over (), 4) as ratio,
    round(avg(language_confidence), 4) as mean_confidence
from articles
group by language;
comment on view languages is 'Articles by main language.';

create or replace view language_disagreements as
with opinions as (
    select
        article_id,
        title,
        language,
        language_confidence,
        language_hint,
        language_second_opinion,
        split_part(language_hint, '-', 1) <> split_part(language, '-', 1) as hint_differs,
        split_part(language_second_opinion, '-', 1) <> split_part(language, '-', 1) as opinion_differs
    from articles
)
select
    * exclude (hint_differs, opinion_differs),
    case when hint_differs and opinion_differs then 'both' when hint_differs then 'hint' else 'langdetect' end as disagreeing
from opinions
where hint_differs or opinion_differs;
comment on view language_disagreements is 'Articles whose language the page, the feed or the user (hint) or langdetect sees otherwise, and which of them does.';
