-- The terms that lead to stories as numbers, which are compared three times as fast; stories are grouped anew.

drop table story_keys;
create table story_keys (
    story_id varchar not null,
    term uinteger not null,
    weight double not null,
    first_at timestamptz not null,
    last_at timestamptz not null
);
comment on table story_keys is 'The heaviest terms of each story, by which new articles find it.';
comment on column story_keys.term is 'CRC-32 of the term in UTF-8; two terms with one number cost a comparison in vain.';

delete from story_articles;
delete from story_vectors;
