-- Translations: the memory of sentences, and what became of each article.

create table translations (
    translation_id varchar not null,
    source_language varchar not null,
    target_language varchar not null,
    source_text varchar not null,
    text varchar not null,
    model_hash varchar not null,
    recipe varchar not null,
    glossary_version varchar not null,
    method varchar not null,
    score double,
    quality double not null,
    flags varchar[] not null,
    translated_at timestamptz not null,
    run_id varchar not null
);
comment on table translations is 'The translation memory: each distinct sentence once for each pair, model and setting.';
comment on column translations.translation_id is 'Hash of source text, pair, model, recipe and glossary: all that the translation depends on.';
comment on column translations.source_text is 'The sentence as the model read it: space normalised, capitals in sentence case.';
comment on column translations.model_hash is 'Hash of the files of the model; of two, joined by +, where it went through a third language; import for what came from a file.';
comment on column translations.recipe is 'How it was decoded and by which checks it went.';
comment on column translations.method is 'first (greedy), again (wider search after a flag), import, or failed (the engine did not survive it).';
comment on column translations.score is 'Mean log probability of a token; null where no model made it.';
comment on column translations.quality is 'How good it seems from source and output alone, 0 to 1.';
comment on column translations.flags is 'What the checks found; empty for a sentence that passed.';

create table article_translations (
    article_id varchar not null,
    revision integer not null,
    target_language varchar not null,
    title varchar,
    text varchar,
    state varchar not null,
    reason varchar,
    route varchar not null,
    sentence_count integer not null,
    pending_count integer not null,
    doubtful_count integer not null,
    translation_quality double,
    recipe_hash varchar not null,
    translated_at timestamptz not null,
    run_id varchar not null
);
comment on table article_translations is 'What became of the current revision of an article in each target language.';
comment on column article_translations.text is 'The clean text with its sentences translated, line for line; ends at the first pending paragraph.';
comment on column article_translations.state is 'complete, part (sentences are pending) or none.';
comment on column article_translations.reason is 'Why it is not complete; null where it is.';
comment on column article_translations.route is 'The languages it went through, such as es→en or ko→en→fr; several where it has several languages.';
comment on column article_translations.doubtful_count is 'Sentences with a flag.';
comment on column article_translations.translation_quality is 'Quality of its sentences, weighted by their length, 0 to 1; null where none is translated.';
comment on column article_translations.recipe_hash is 'Hash of the models and settings that it would be translated with now: another one makes it pending.';

create table translated_sentences (
    article_id varchar not null,
    revision integer not null,
    target_language varchar not null,
    segment_ordinal integer not null,
    ordinal integer not null,
    start_offset integer not null,
    end_offset integer not null,
    translation_id varchar not null
);
comment on table translated_sentences is 'Where each sentence of an article stands, and its translation in the memory.';
comment on column translated_sentences.start_offset is 'Code points from the start of the segment.';
