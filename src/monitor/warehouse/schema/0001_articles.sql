-- The first tables: what was seen, what became of it, and the articles.
-- No keys and no indexes: ids are identity hashes, and every load removes what it replaces in the same transaction.

create table runs (
    run_id varchar not null,
    command varchar not null,
    paths varchar[] not null,
    code_version varchar not null,
    configuration_sha256 varchar not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    status varchar not null,
    counts json
);
comment on table runs is 'One row an execution that changed the warehouse.';
comment on column runs.paths is 'What the run was asked to ingest, as absolute paths.';
comment on column runs.status is 'running, completed, failed or interrupted; a run still "running" with no process was killed.';
comment on column runs.counts is 'The summary that the command printed, as JSON.';

create table inputs (
    uri varchar not null,
    container_uri varchar,
    sha256 varchar not null,
    size_bytes bigint not null,
    mtime_ns bigint,
    media_type varchar,
    outcome varchar not null,
    article_id varchar,
    run_id varchar not null,
    seen_at timestamptz not null
);
comment on table inputs is 'The ledger: every input ever seen and what became of it, one row a URI.';
comment on column inputs.uri is 'File URI; "!/" leads to a member of an archive, "#" and a number to a record of a file with many.';
comment on column inputs.container_uri is 'The file that the member or record came from; null for a file of one article.';
comment on column inputs.sha256 is 'SHA-256 of the bytes; of the normalised record where the input is one of many in a file.';
comment on column inputs.mtime_ns is 'Time of last change of the file, nanoseconds since 1970.';
comment on column inputs.outcome is 'article, duplicate (it says nothing that the article of another input does not), reject, or container.';
comment on column inputs.article_id is 'The article that it became, or that it repeats.';

create table rejects (
    uri varchar not null,
    stage varchar not null,
    reason varchar not null,
    detail varchar not null,
    run_id varchar not null,
    rejected_at timestamptz not null
);
comment on table rejects is 'Inputs that did not become an article. An input that later succeeds leaves this table.';
comment on column rejects.stage is 'read, extract, clean, detect or load.';
comment on column rejects.reason is 'A short phrase to group by.';
comment on column rejects.detail is 'One line for people.';

create table sources (
    source_id varchar not null,
    name varchar not null,
    canonical_domain varchar,
    media_type varchar,
    pub_country varchar,
    primary_language varchar
);
comment on table sources is 'The outlets: one row a canonical domain, or a name that the user gave.';
comment on column sources.media_type is 'Kind of outlet, such as online_news or wire; null until somebody says.';
comment on column sources.pub_country is 'ISO 3166-1 alpha-3 country of publication; null until somebody says.';

create table articles (
    article_id varchar not null,
    source_id varchar,
    url varchar,
    canonical_url varchar,
    title varchar,
    authors varchar[] not null,
    published_at timestamptz,
    published_at_precision varchar,
    published_at_source varchar,
    first_seen_at timestamptz not null,
    indexed_at timestamptz not null,
    revision integer not null,
    language varchar not null,
    language_confidence double not null,
    language_method varchar not null,
    language_share double not null,
    other_languages json not null,
    language_hint varchar,
    language_second_opinion varchar,
    text varchar not null,
    word_count integer not null,
    text_extraction_method varchar not null,
    partial_reason varchar,
    content_sha256 varchar not null,
    text_sha256 varchar not null,
    input_uri varchar not null,
    run_id varchar not null
);
comment on table articles is 'One row an article: its current revision, cleaned, in its own language.';
comment on column articles.article_id is 'Hash of the page''s address where it has one of its own, without what does not tell pages apart; else of the input URI, or of the content of a record in a list.';
comment on column articles.published_at_precision is 'second, minute, day, month or year.';
comment on column articles.published_at_source is 'Where the date was found: a metadata field, JSON-LD, the URL, the user.';
comment on column articles.first_seen_at is 'When the first revision was loaded.';
comment on column articles.indexed_at is 'When the current revision was loaded.';
comment on column articles.language is 'BCP 47 code of the main language; und where there is not enough evidence.';
comment on column articles.language_share is 'Part of the letters that are in the main language, 0 to 1.';
comment on column articles.other_languages is 'JSON object: other languages at or above 12 % of the letters, with their share.';
comment on column articles.language_hint is 'What the page, the feed or the user said the language is.';
comment on column articles.language_second_opinion is 'What langdetect says of the whole text.';
comment on column articles.word_count is 'Words of the text; for scripts without spaces, characters.';
comment on column articles.partial_reason is 'Why the text may be incomplete; null for a complete extraction.';
comment on column articles.content_sha256 is 'SHA-256 of title, date and clean text: a change of it makes a new revision.';
comment on column articles.text_sha256 is 'SHA-256 of the clean text with case and space folded: equal for exact copies.';

create table article_revisions (
    article_id varchar not null,
    revision integer not null,
    title varchar,
    published_at timestamptz,
    text varchar not null,
    language varchar not null,
    content_sha256 varchar not null,
    indexed_at timestamptz not null,
    run_id varchar not null
);
comment on table article_revisions is 'Every revision of every article, the current one too, numbered from 1.';

create table segments (
    article_id varchar not null,
    revision integer not null,
    ordinal integer not null,
    kind varchar not null,
    start_offset integer not null,
    end_offset integer not null,
    language varchar not null,
    language_confidence double not null,
    language_method varchar not null
);
comment on table segments is 'Title (ordinal 0 where there is one) and paragraphs of each revision.';
comment on column segments.start_offset is 'Code points from the start of the clean text, or of the title.';

create table edits (
    article_id varchar not null,
    revision integer not null,
    ordinal integer not null,
    start_offset integer not null,
    end_offset integer not null,
    removed varchar not null,
    inserted varchar not null,
    rule varchar not null,
    confidence double not null
);
comment on table edits is 'Every change that cleaning made: raw[start_offset:end_offset] = removed was replaced by inserted.';
comment on column edits.start_offset is 'Code points from the start of the raw text.';
comment on column edits.rule is 'The rule that made the change.';
