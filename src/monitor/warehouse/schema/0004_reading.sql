-- What reading each article tells: names, questions answered, quotations, key terms, tone, words.
-- Everything here can be made anew from the articles and the watchlist.

create table watchlist_files (
    signature varchar not null,
    yaml varchar not null,
    watchlist_path varchar
);
comment on table watchlist_files is 'The watchlist in force, one row: the file as it was given.';
comment on column watchlist_files.watchlist_path is 'Where that file stood; a changed one there is read by the next ingest.';

create table watchlists (
    entity_id varchar not null,
    entity varchar not null,
    entity_type varchar not null,
    aliases varchar[] not null
);
comment on table watchlists is 'The entities that are looked for.';

create table saved_queries (
    query_id varchar not null,
    query varchar not null,
    question varchar not null
);
comment on table saved_queries is 'The questions that every article is asked.';

create table watched_articles (
    article_id varchar not null,
    signature varchar not null
);
comment on table watched_articles is 'The articles in which the watchlist has been looked for; emptied when it changes.';

create table mentions (
    article_id varchar not null,
    entity_id varchar not null,
    entity varchar not null,
    alias varchar not null,
    part varchar not null,
    start_offset integer not null,
    end_offset integer not null,
    sentence varchar not null,
    prominence varchar not null
);
comment on table mentions is 'One row a sighting of a watchlist entity, in the original and in the translation.';
comment on column mentions.alias is 'The spelling of the watchlist that was met.';
comment on column mentions.part is 'title, text, title_translation or text_translation.';
comment on column mentions.start_offset is 'Code points from the start of that part.';
comment on column mentions.prominence is 'title, first paragraph or rest.';

create table query_matches (
    article_id varchar not null,
    query_id varchar not null,
    query varchar not null,
    part varchar,
    start_offset integer,
    end_offset integer,
    sentence varchar,
    first_matched_at timestamptz not null
);
comment on table query_matches is 'One row an article that answers a saved query, with the first place that shows it.';
comment on column query_matches.part is 'Null where a condition on the article alone answered.';
comment on column query_matches.first_matched_at is 'When it was found to answer; `monitor alerts` lists by it.';

create table measured_articles (
    article_id varchar not null,
    signature varchar not null
);
comment on table measured_articles is 'The articles whose words, quotations, key terms and tone have been taken.';

create table measure_settings (signature varchar not null);
comment on table measure_settings is 'One row: which measures, with which versions; when they change, all are taken anew.';

create table key_terms (
    article_id varchar not null,
    side varchar not null,
    rank integer not null,
    term varchar not null,
    score double not null,
    method varchar not null,
    version varchar not null
);
comment on table key_terms is 'Up to ten words or phrases that say what an article is about.';
comment on column key_terms.side is 'original or translation.';
comment on column key_terms.score is 'YAKE''s score: the lower, the more it says.';

create table quotations (
    article_id varchar not null,
    ordinal integer not null,
    start_offset integer not null,
    end_offset integer not null,
    quotation varchar not null,
    speaker varchar,
    method varchar not null,
    version varchar not null
);
comment on table quotations is 'What stands between quotation marks in the original text.';
comment on column quotations.start_offset is 'Code points from the start of the clean text.';
comment on column quotations.speaker is 'As the sentence names them; null where it does not.';

create table article_tones (
    article_id varchar not null,
    tone double not null,
    sentence_count integer not null,
    method varchar not null,
    version varchar not null
);
comment on table article_tones is 'How positive (1) or negative (-1) the words of the English text are.';

create table article_words (
    article_id varchar not null,
    words varchar[] not null,
    counts integer[] not null
);
comment on table article_words is 'The words of each article, in English where translated, without function words.';
