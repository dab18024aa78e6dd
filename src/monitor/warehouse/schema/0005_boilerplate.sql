-- What is known of outlets' lines: how often they come back, and what people said of them.

create table line_counts (
    source_id varchar not null,
    line varchar not null,
    works bigint not null,
    edge_works bigint not null
);
comment on table line_counts is 'How many works of an outlet have a line; the rows of a line add up. Made anew by monitor clean --again.';
comment on column line_counts.line is 'The line without regard to case, edge marks and numbers; a long one by its beginning and a hash.';
comment on column line_counts.works is 'Works: an article and its copies are one.';
comment on column line_counts.edge_works is 'Of these, those that have it among their first four or last eight lines.';

create table line_works (
    article_id varchar not null,
    source_id varchar not null,
    work_id varchar not null
);
comment on table line_works is 'The articles whose lines are counted, and the work that each belongs to.';

create table line_marks (
    source_id varchar not null,
    line varchar not null,
    mark varchar not null,
    marked_at timestamptz not null
);
comment on table line_marks is 'Lines that a person has marked for an outlet: keep or drop. The mark wins over every rule.';
