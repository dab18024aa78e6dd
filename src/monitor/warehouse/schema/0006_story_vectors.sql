-- What grouping keeps of each article, so that a story's examples need not be read again.

create table story_vectors (
    article_id varchar not null,
    terms varchar not null,
    weights blob not null
);
comment on table story_vectors is 'The terms of articles in stories; missing ones are taken from the text anew.';
comment on column story_vectors.terms is 'Stems and pairs of stems, one a line, the heaviest first.';
comment on column story_vectors.weights is 'Their weights: 32-bit floats, least significant byte first.';
