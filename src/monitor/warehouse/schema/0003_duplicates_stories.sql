-- Copies of articles, and stories: everything here can be made anew from the articles.

create table copy_texts (
    article_id varchar not null,
    signature varchar not null,
    dated_at timestamptz not null,
    published_at timestamptz
);
comment on table copy_texts is 'The articles whose copies have been looked for.';
comment on column copy_texts.signature is 'What the article looked like then; a change means to look again.';
comment on column copy_texts.dated_at is 'When it was published, else the day on which it was first seen.';

create table copy_marks (
    article_id varchar not null,
    mark bigint not null
);
comment on table copy_marks is 'A sample of the word pairs of each text, as hashes; copies share many of them.';

create table copy_links (
    first_id varchar not null,
    second_id varchar not null,
    method varchar not null,
    similarity double not null,
    share_of_first double not null,
    share_of_second double not null
);
comment on table copy_links is 'Pairs of articles of which one is a copy of the other, compared word by word.';
comment on column copy_links.share_of_first is 'Part of the first text that stands in the second, 0 to 1.';

create table duplicates (
    article_id varchar not null,
    original_id varchar not null,
    copied_from varchar not null,
    method varchar not null,
    similarity double not null,
    share_copied double not null,
    lag_minutes double,
    evidence varchar not null
);
comment on table duplicates is 'Duplicate groups: one row for each article that is a copy or has one.';
comment on column duplicates.original_id is 'The group: its likely original, the earliest. The original itself is in the table too.';
comment on column duplicates.copied_from is 'The earlier article with which it agrees best; itself for the original.';
comment on column duplicates.method is 'original, exact (same words), near (same runs of words), reworded (same order of words, as after translation).';
comment on column duplicates.similarity is 'Part of the longer text that agrees, 0 to 1.';
comment on column duplicates.share_copied is 'Part of this article that stands in copied_from, 0 to 1; 0 for the original.';
comment on column duplicates.lag_minutes is 'Minutes from the original''s publication to this one''s; null without both dates.';
comment on column duplicates.evidence is 'Why the original is taken for it: published first, or seen first where it has no date.';

create table story_articles (
    story_id varchar not null,
    article_id varchar not null,
    similarity double not null,
    reasons json not null,
    is_central boolean not null,
    dated_at timestamptz not null,
    signature varchar not null
);
comment on table story_articles is 'Which article belongs to which story, and why; every article is in exactly one.';
comment on column story_articles.story_id is 'The article_id of the story''s earliest article.';
comment on column story_articles.similarity is 'Mean likeness to the story''s other articles, 0 to 1; 0 for an article alone.';
comment on column story_articles.reasons is 'JSON object: terms shared with the others, with their part of the likeness.';
comment on column story_articles.is_central is 'Whether it is the article most like the others: its title is the story''s.';
comment on column story_articles.dated_at is 'When it was published, else the day on which it was first seen.';

create table story_keys (
    story_id varchar not null,
    term varchar not null,
    weight double not null,
    first_at timestamptz not null,
    last_at timestamptz not null
);
comment on table story_keys is 'The heaviest terms of each story, by which new articles find it.';
