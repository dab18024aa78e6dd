-- What leads new articles to stories, with stories as numbers too, and times by which DuckDB passes over what is far.

create table story_spans (
    story_id varchar not null,
    story_number ubigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null
);
comment on table story_spans is 'When each story began and when its latest article came.';
comment on column story_spans.story_number is 'Lower half of the MD5 of story_id; two stories with one number cost a comparison in vain.';

create table story_postings (
    story_number ubigint not null,
    term uinteger not null,
    weight float not null,
    first_at timestamptz not null,
    last_at timestamptz not null
);
comment on table story_postings is 'The heaviest terms of each story, by which new articles find it.';
comment on column story_postings.term is 'CRC-32 of the term in UTF-8; two terms with one number cost a comparison in vain.';

insert into story_spans by name
select story_id, md5_number_lower(story_id)::ubigint as story_number, any_value(first_at) as first_at, any_value(last_at) as last_at
from story_keys
group by story_id
order by last_at, story_id;

insert into story_postings by name
select md5_number_lower(story_id)::ubigint as story_number, term, weight::float as weight, first_at, last_at
from story_keys
order by last_at, story_id, term;

drop table story_keys;

alter table story_vectors add column dated_at timestamptz;
update story_vectors set dated_at = seen.dated_at
from story_articles as seen
where seen.article_id = story_vectors.article_id;
comment on column story_vectors.dated_at is 'When the article was published, else the day on which it was first seen.';
