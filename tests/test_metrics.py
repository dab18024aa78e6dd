"""The metric views, each computed by hand over a small corpus."""

from pathlib import Path

import pytest

from monitor.warehouse.connection import open_writer
from monitor.warehouse.migrations import migrate

# Two outlets; b1 and b3 copy a1; b2 has no date, no language, and is incomplete.
CORPUS = """
insert into sources by name
select unnest(['a', 'b']) as source_id, unnest(['Anzeiger', 'Bote']) as name;

insert into articles by name
select
    article_id, source_id, language, published_at::timestamptz as published_at, partial_reason,
    timestamptz '2026-05-04 08:00:00+00' as first_seen_at, timestamptz '2026-05-04 08:00:00+00' as indexed_at,
    1 as revision, 1.0 as language_confidence, '' as language_method, 1.0 as language_share, '{}' as other_languages,
    [] as authors, '' as text, 0 as word_count, '' as text_extraction_method, '' as content_sha256,
    '' as text_sha256, '' as input_uri, '' as run_id
from (
    values
        ('a1', 'a', 'en', '2026-05-01 10:00:00+00', null),
        ('b1', 'b', 'en', '2026-05-01 10:30:00+00', null),
        ('a2', 'a', 'es', '2026-05-03 23:59:00+00', null),
        ('b2', 'b', 'und', null, 'cut'),
        ('b3', 'b', 'en', '2026-05-03 10:00:00+00', null)
) as corpus (article_id, source_id, language, published_at, partial_reason);

insert into duplicates by name
select
    article_id, 'a1' as original_id, 'a1' as copied_from, 'near' as method, 1.0 as similarity,
    share_copied, lag_minutes, '' as evidence
from (
    values ('a1', 0.0, 0.0), ('b1', 0.8, 30.0), ('b3', 1.0, 2880.0)
) as copies (article_id, share_copied, lag_minutes);

insert into article_words values
    ('a1', ['bridge', 'opens'], [3, 1]), ('b1', ['bridge', 'opens'], [3, 1]), ('a2', ['market', 'opens'], [1, 1]);

insert into article_translations by name
select
    article_id, 1 as revision, 'en' as target_language, sentence_count, doubtful_count, '' as state, '' as route,
    0 as pending_count, '' as recipe_hash, timestamptz '2026-05-04 08:00:00+00' as translated_at, '' as run_id
from (values ('a2', 8, 2)) as translated (article_id, sentence_count, doubtful_count);

insert into watchlists values ('e1', 'Easton', 'place', ['Easton']), ('e2', 'Weston', 'place', ['Weston']);
insert into mentions by name
select
    article_id, entity_id, part, upper(entity_id) as entity, '' as alias, 0 as start_offset, 1 as end_offset,
    '' as sentence, 'rest' as prominence
from (
    values
        ('a1', 'e1', 'title'), ('a1', 'e1', 'text'), ('b1', 'e1', 'text'), ('a2', 'e1', 'text_translation'),
        ('a2', 'e1', 'text'), ('a2', 'e2', 'text')
) as seen (article_id, entity_id, part);
"""


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    path = tmp_path_factory.mktemp("metrics") / "monitor.duckdb"
    connection = open_writer(path)
    migrate(connection, "test")
    connection.execute(CORPUS)
    yield connection
    connection.close()


def rows(connection, sql):
    return [
        tuple(str(v) if hasattr(v, "isoformat") else v for v in row)
        for row in connection.execute(sql).fetchall()
    ]


def test_attention_counts_every_day_and_its_part_of_all_dated_articles(connection):
    assert rows(connection, "select date, count, total_count, ratio from attention_over_time") == [
        ("2026-05-01", 2, 4, 0.5),
        ("2026-05-02", 0, 4, 0.0),
        ("2026-05-03", 2, 4, 0.5),
    ]
    assert rows(connection, "from attention_over_time_originals") == [
        ("2026-05-01", 1, 2, 0.5),
        ("2026-05-02", 0, 2, 0.0),
        ("2026-05-03", 1, 2, 0.5),
    ]


def test_attention_to_an_entity_is_its_part_of_each_day(connection):
    assert rows(connection, "from attention_to('E2')") == [
        ("2026-05-01", 0, 2, 0.0),
        ("2026-05-02", 0, 0, 0.0),
        ("2026-05-03", 1, 2, 0.5),
    ]
    assert rows(connection, "from attention_to('E1', originals_only := true) where count > 0") == [
        ("2026-05-01", 1, 1, 1.0),
        ("2026-05-03", 1, 1, 1.0),
    ]


def test_source_attention_is_each_outlets_part_of_days_weeks_and_months(connection):
    week = "where interval = 'week' order by source_id"
    assert rows(connection, f"from source_interval_attention {week}") == [
        ("a", "Anzeiger", "week", "2026-04-27", 2, 4, 0.5),
        ("b", "Bote", "week", "2026-04-27", 2, 4, 0.5),
    ]
    assert rows(connection, f"from source_interval_attention_originals {week}") == [
        ("a", "Anzeiger", "week", "2026-04-27", 2, 2, 1.0)
    ]
    assert rows(
        connection, "from source_interval_attention where interval = 'day' and date = '2026-05-03'"
    ) == [
        ("a", "Anzeiger", "day", "2026-05-03", 1, 2, 0.5),
        ("b", "Bote", "day", "2026-05-03", 1, 2, 0.5),
    ]
    assert rows(
        connection, "select distinct date from source_interval_attention where interval = 'month'"
    ) == [("2026-05-01",)]


def test_top_words_count_uses_and_articles(connection):
    assert rows(connection, "from top_words") == [
        ("bridge", 6, 0.6, 2, 2 / 3, 3),
        ("opens", 3, 0.3, 3, 1.0, 3),
        ("market", 1, 0.1, 1, 1 / 3, 3),
    ]
    assert rows(connection, "from top_words_originals") == [
        ("bridge", 3, 0.5, 1, 0.5, 2),
        ("opens", 2, 2 / 6, 2, 1.0, 2),
        ("market", 1, 1 / 6, 1, 0.5, 2),
    ]


def test_share_of_voice_counts_articles_and_the_sightings_of_originals_alone(connection):
    assert rows(connection, "from share_of_voice") == [
        ("Easton", "place", 3, 4, 0.75, 1, 4),
        ("Weston", "place", 1, 4, 0.25, 0, 1),
    ]
    assert rows(connection, "from share_of_voice_originals") == [
        ("Easton", "place", 2, 3, 2 / 3, 1, 3),
        ("Weston", "place", 1, 3, 1 / 3, 0, 1),
    ]


def test_languages_over_time_are_parts_of_each_day(connection):
    assert rows(connection, "from languages_over_time") == [
        ("2026-05-01", "en", 2, 2, 1.0),
        ("2026-05-03", "en", 1, 2, 0.5),
        ("2026-05-03", "es", 1, 2, 0.5),
    ]
    assert rows(connection, "from languages_over_time_originals") == [
        ("2026-05-01", "en", 1, 1, 1.0),
        ("2026-05-03", "es", 1, 1, 1.0),
    ]


def test_the_syndication_network_says_who_copies_whom_and_how_late(connection):
    columns = "select original_outlet, copying_outlet, count, median_lag_minutes, round(mean_share_copied, 6)"
    assert rows(connection, f"{columns} from syndication_network") == [("Anzeiger", "Bote", 2, 1455.0, 0.9)]
    assert rows(connection, f"{columns} from syndication_network_originals") == [
        ("Anzeiger", "Bote", 1, 1455.0, 0.9)
    ]


def test_data_quality_tells_what_is_missing_by_outlet_and_day(connection):
    assert rows(connection, "select * exclude (outlet) from data_quality") == [
        ("2026-05-01", "a", 1, 0.0, 0.0, 0.0, None),
        ("2026-05-01", "b", 1, 0.0, 0.0, 0.0, None),
        ("2026-05-03", "a", 1, 0.0, 0.0, 0.0, 0.25),
        ("2026-05-03", "b", 1, 0.0, 0.0, 0.0, None),
        ("2026-05-04", "b", 1, 1.0, 1.0, 1.0, None),
    ]
    assert len(rows(connection, "from data_quality_originals")) == 3


def test_an_outlet_that_falls_quiet_or_bursts_is_named_with_the_range_expected(connection):
    # Weeks end on 2026-06-30. quiet: 9 a week, then 2; burst: 4 a week, then 12; even: 4 a week; new: only now.
    # quiet: mean 9, variance 0 and so 9, deviation 3: 3 to 15. burst: mean 4, deviation 2: 0 to 8.
    # sparse: mean 3, deviation 1.73: 0 to 6.46; nothing at all is still named when three were expected.
    with_weeks = [("quiet", 9, 2), ("burst", 4, 12), ("even", 4, 4), ("new", 0, 5), ("sparse", 3, 0)]
    connection.begin()
    connection.execute("delete from articles")
    for source, usual, now in with_weeks:
        for week in range(5):
            connection.execute(
                """
                insert into articles by name
                select
                    $1 || $2 || '-' || n as article_id, $1 as source_id, 'en' as language,
                    timestamptz '2026-06-30 12:00:00+00' - to_days(($2 * 7 + n % 7)::integer) as published_at,
                    now() as first_seen_at, now() as indexed_at, 1 as revision, 1.0 as language_confidence,
                    '' as language_method, 1.0 as language_share, '{}' as other_languages, [] as authors, '' as text,
                    0 as word_count, '' as text_extraction_method, '' as content_sha256, '' as text_sha256,
                    '' as input_uri, '' as run_id
                from range($3) as numbers (n)
                """,
                [source, week, usual if week else now],
            )
    found = rows(connection, "from silent_sources")
    originals = rows(connection, "from silent_sources_originals")
    connection.rollback()
    assert (
        found
        == originals
        == [
            ("quiet", "quiet", "quiet", 2, 9.0, 3.0, 15.0, "2026-06-30"),
            ("sparse", "sparse", "quiet", 0, 3.0, 0.0, 6.46, "2026-06-23"),
            ("burst", "burst", "burst", 12, 4.0, 0.0, 8.0, "2026-06-30"),
        ]
    )


@pytest.mark.parametrize("path", sorted(Path("warehouse/analyses").glob("*.sql")), ids=lambda path: path.stem)
def test_each_ready_question_runs_as_it_is_and_begins_with_the_question(connection, path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert "?" in text.splitlines()[0]
    connection.execute(text).fetchall()


METRICS = (
    "attention_over_time", "source_interval_attention", "top_words", "share_of_voice", "languages_over_time",
    "syndication_network", "silent_sources", "data_quality",
)  # fmt: skip


def test_each_metric_is_documented_has_originals_and_a_ready_question(connection):
    asked = "".join(path.read_text(encoding="utf-8") for path in Path("warehouse/analyses").glob("*.sql"))
    comments = dict(connection.execute("select view_name, comment from duckdb_views()").fetchall())
    for metric in METRICS:
        assert comments[metric]
        assert comments[f"{metric}_originals"]
        assert metric in asked
