-- Views on translations, made anew whenever a warehouse is opened by another version of monitor.

-- The language in which a title or paragraph is read for translation: what was detected, but the article's where
-- that is nothing, or a short passage in a language that hardly occurs in the article.
create or replace macro reading_language(article, segment) as
case
    when article.language = 'und' then segment.language
    when segment.language = 'und' then article.language
    when json_exists(article.other_languages, '$."' || segment.language || '"') then segment.language
    when segment.end_offset - segment.start_offset >= 80 then segment.language
    else article.language
end;

create or replace view article_texts as
select
    articles.article_id,
    articles.language,
    translated.target_language,
    articles.title,
    translated.title as translated_title,
    articles.text,
    translated.text as translated_text,
    translated.state as translation_state,
    translated.translation_quality,
    translated.doubtful_count
from articles
left join article_translations as translated using (article_id, revision);
comment on view article_texts is 'Original and translated text side by side; one row an article and target language.';

create or replace view sentence_pairs as
select
    sentences.article_id,
    sentences.target_language,
    sentences.segment_ordinal,
    sentences.ordinal,
    memory.source_language,
    memory.source_text,
    memory.text as translated_text,
    memory.quality,
    memory.flags,
    memory.method
from translated_sentences as sentences
join articles using (article_id, revision)
join translations as memory using (translation_id);
comment on view sentence_pairs is 'Every translated sentence of the current articles beside its source.';

create or replace view doubtful_translations as
select *
from sentence_pairs
where len(flags) > 0;
comment on view doubtful_translations is 'Sentences whose translation did not pass the checks, with what was wrong.';

create or replace view untranslated as
select
    articles.article_id,
    articles.language,
    articles.title,
    translated.target_language,
    translated.state,
    translated.reason,
    translated.pending_count
from article_translations as translated
join articles using (article_id, revision)
where translated.state <> 'complete';
comment on view untranslated is 'Articles that are not, or not wholly, translated, with the reason.';
