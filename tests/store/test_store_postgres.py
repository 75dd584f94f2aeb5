"""What is peculiar to a server: roles, passwords, an end of the connection, and search as in SQLite."""

from __future__ import annotations

import logging
import re
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_examples import TEXT, make_report, make_screening, put

from postgres_server import PASSWORD, Server, _free_port, _programs, serving, started
from standoff.errors import StoreError
from standoff.model.review import Review
from standoff.store import Store
from standoff.store import postgres as dialect
from standoff.store.tokens import tokens
from standoff.store.watching import Event, Watched, WatchLog

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "postgresql.md"


def told(where: str) -> str:
    """What is said of a place that cannot be opened; nowhere in it, or behind it, stands the password."""
    with pytest.raises(StoreError) as found:
        Store.open(where)
    everything = "".join(traceback.format_exception(found.value))
    for secret in (PASSWORD, "tell:no", "tell%3Ano", "s3cret"):
        assert secret not in everything
    return str(found.value)


def test_a_wrong_address_or_password_is_told_without_the_password(
    postgres: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    host = f"{postgres.url.host}:{postgres.url.port}"
    assert "refuses the user or the password" in told(postgres.address(password="s3cret"))
    assert "refuses the user or the password" in told(postgres.address(username="nobody", password="s3cret"))
    assert 'database "none" does not exist; check the name' in told(postgres.address(database="none"))
    assert "there is no host of this name" in told(postgres.address(host="none.invalid"))
    assert "no server answers there; check host and port" in told(postgres.address(port=_free_port()))
    assert told(postgres.address(database="none")).startswith(f"postgresql://{postgres.url.username}@{host}/none: ")
    for bad in ("postgresql://ana:s3cret@host:port/db", "postgresql://ana:s3cret@host"):
        assert "the address cannot be read; it has the form postgresql://user@host:5432/name" in told(bad)
    assert 'invalid connection option "odd"' in told("postgresql://ana:s3cret@127.0.0.1/db?odd=s3cret")
    with Store.open(postgres.place()) as store:
        assert PASSWORD not in store._where + repr(store._engine)
    assert PASSWORD not in caplog.text
    assert "s3cret" not in caplog.text


def test_a_missing_driver_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "pip install 'standoff[postgres]'" in told("postgresql://ana:s3cret@host/db")


def test_a_database_of_another_kind_is_left_alone(postgres: Server) -> None:
    schema = postgres.schema()
    postgres.run(f"CREATE TABLE {schema}.customers (n int)")
    assert "a database of another program" in told(postgres.address(schema))
    assert postgres.run(f"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'") == [(1,)]
    postgres.run("CREATE DATABASE odd ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    try:
        assert "createdb --encoding=UTF8" in told(postgres.address(database="odd"))
    finally:
        postgres.run("DROP DATABASE odd")


class Failure(Exception):
    def __init__(self, sqlstate: str | None, words: str) -> None:
        super().__init__(words)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "words", "advice"),
    [
        ("53100", "could not extend file", "the server's disk is full; free some space"),
        ("53300", "too many", "the server takes no more connections"),
        (None, "FATAL:  sorry, too many clients already", "the server takes no more connections"),
        (None, "FATAL:  the database system is starting up", "the server is starting; run again in a moment"),
        (None, "FATAL:  the database system is shutting down", "the server is stopping; run again when it is back"),
        (None, "connection timeout expired", "does not answer in time"),
        (None, 'FATAL:  no pg_hba.conf entry for host "::1"', "adds a line to pg_hba.conf"),
        ("57P01", "terminating connection", "the server was stopped; run again when it is back"),
        ("57014", "canceling statement", "cancelled the work (canceling statement); raise its statement_timeout"),
        ("40P01", "deadlock detected", "run again"),
        ("23503", "violates", "it names a report that is not in the record"),
        ("99999", "something {odd}\nDETAIL: more", "something {odd}"),
        (None, "something {odd}", "something {odd}"),
    ],
)
def test_each_failure_says_what_to_do(state: str | None, words: str, advice: str) -> None:
    assert advice in dialect.advice(Failure(state, words))


# -- roles ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def schema(postgres: Server) -> Iterator[str]:
    """A schema with a record of one report, and the roles of the how-to, which go again."""
    name = postgres.schema()
    with Store.open(postgres.address(name)) as store:
        put(store, make_report())
    roles = [f"desk_{name}", f"reader_{name}"]
    blocks = re.findall(r"```sql\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    for statement in "".join(blocks).split(";\n"):
        if statement.strip():
            for role in ("desk", "reader"):
                statement = re.sub(rf"\b{role}\b", f"{role}_{name}", statement)
            statement = statement.replace("SCHEMA public", f"SCHEMA {name}").replace("'...'", "'s3cret'")
            postgres.run(re.sub(r" ON (review|report|migration) ", rf" ON {name}.\1 ", statement))
    try:
        yield name
    finally:
        for role in roles:
            postgres.run(f"GRANT {role} TO CURRENT_USER", f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_a_role_that_can_change_no_table_can_do_all_the_work(postgres: Server, schema: str) -> None:
    one, two = make_report(), make_report("two", TEXT + " More.")
    with Store.open(postgres.address(schema, username=f"desk_{schema}", password="s3cret")) as desk:
        assert put(desk, two)
        desk.enrich(make_report(title="Walnut"))
        desk.replace(one.id, make_screening(one), [(5, 3)], ())
        desk.sign({one.id: ((1, 2), b"one")})
        desk.settle([one.id], [])
        desk.decide(Review(at=desk.now(), who="ana", action="retract", report=one.id))
        WatchLog(desk).put(Watched(address="a", source="s", kind="page"), Event(kind="new", source="s", address="a"))
        assert [hit.id for hit in desk.search("walnut")] == [one.id]
        desk.forget_derived()
        assert desk.pending() == (one.id, two.id)
        assert desk.revision() > 0
        for forbidden in ("UPDATE review SET note = 'x'", "DELETE FROM report", "DROP TABLE term", "TRUNCATE review"):
            with (
                pytest.raises(StoreError, match="this role may not do that"),
                desk._transaction(writes=True) as connection,
            ):
                connection.exec_driver_sql(forbidden)


def test_a_role_that_only_asks(postgres: Server, schema: str) -> None:
    with Store.open(postgres.address(schema, username=f"reader_{schema}", password="s3cret")) as reader:
        assert len(reader.records()) == 5
        assert len(reader.search("duty")) > 0
        with pytest.raises(StoreError, match="this role may not do that: permission denied for table"):
            put(reader, make_report("two", "Another text."), records=())


def test_tables_that_are_not_there_yet_need_their_owner(postgres: Server, schema: str) -> None:
    place = postgres.address(schema, username=f"desk_{schema}", password="s3cret")
    postgres.run(
        f"DELETE FROM {schema}.migration WHERE version > 1", f"DROP TABLE {schema}.watch_event, {schema}.watched"
    )
    assert "this role may not do that" in told(place)
    Store.open(postgres.address(schema)).close()
    with Store.open(place) as store:
        assert store.counts()["report"] == 1


def test_a_database_that_may_only_be_read(postgres: Server, schema: str) -> None:
    postgres.run(f"ALTER ROLE desk_{schema} SET default_transaction_read_only = on")
    with Store.open(postgres.address(schema, username=f"desk_{schema}", password="s3cret")) as store:
        assert store.counts()["report"] == 1
        with pytest.raises(StoreError, match="it may only be read"):
            put(store, make_report("two", "Another text."), records=())


# -- the connection ---------------------------------------------------------------------------------------------------


def _cut_off(store: Store, how: Callable[[], object]) -> None:
    """Write while the connection ends."""
    with store._transaction(writes=True) as connection:
        how()
        connection.exec_driver_sql("SELECT 1")


def test_a_connection_that_ends_is_told_once_and_replaced(postgres: Server) -> None:
    name = postgres.schema()
    with Store.open(f"{postgres.address(name)}&application_name={name}") as store:
        put(store, make_report())
        ours = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'"
        postgres.run(ours)
        assert store.counts()["report"] == 1, "one that was idle is not even missed"
        with pytest.raises(StoreError, match="run again when it is back"):
            _cut_off(store, lambda: postgres.run(ours))
        assert put(store, make_report("two", "Another text."), records=())


def test_a_server_that_was_gone_and_is_back() -> None:
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server: install Debian's postgresql")
    folder = Path(tempfile.mkdtemp(prefix="standoff-postgres-"))
    try:
        with started(programs, folder) as url:
            store = Store.open(url.render_as_string(hide_password=False))
            put(store, make_report())
        for _ in range(2):
            with pytest.raises(StoreError, match=r"the server|no server answers there"):
                put(store, make_report("two", "Another text."), records=())
        assert url.port is not None
        with serving(programs, folder, url.port):
            assert put(store, make_report("two", "Another text."), records=())
            assert [report.name for report in store.reports()] == ["one", "two"]
            store.close()
    finally:
        shutil.rmtree(folder)


def test_a_writer_that_does_not_end_is_not_waited_for_forever(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "WAIT_SECONDS", 1)
    place = postgres.place()
    with Store.open(place) as slow, Store.open(place) as store, slow._transaction(writes=True):
        assert store.reports() == (), "readers do not wait"
        with pytest.raises(StoreError, match="another program has been writing"):
            put(store, make_report())


def test_readers_see_one_state_throughout(postgres: Server) -> None:
    place = postgres.place()
    with Store.open(place) as store, Store.open(place) as other, store._transaction() as connection:
        count = "SELECT count(*) FROM report"
        assert connection.exec_driver_sql(count).scalar() == 0
        put(other, make_report())
        assert connection.exec_driver_sql(count).scalar() == 0
        with pytest.raises(StoreError, match="it may only be read"), store._transaction() as reading:
            reading.exec_driver_sql("DELETE FROM report")


# -- search -----------------------------------------------------------------------------------------------------------

SAID = (
    "Kürzlich sagte Ana Régnier in Genève: 90-day truce, U.S. steel at 25% — open ports!",
    "ПОЛЬША и Россия говорили о стали; Йемен молчал. Έλλάς και σίδηρος.",
    "Open, ports; open ports open. Steel-maker’s co-operation e\u0301te\u0301 ÉTÉ straße STRASSE Ørsted",
    "Tariffs tariffed the tariff on “open ports” in Genève, 1,234.5 tonnes. \ufdd0walnut\ufdd1",
    "中国 关税 谈判 and the ports were open",
)
ASKED = (
    "regnier", "geneve", "GENÈVE", '"open ports"', "open ports", '"ports open"', "90-day", '"90 day"', "u.s.", "25", "tarif*",
    "tariff*", '"open por*"', "стали", "йемен", "Йем*", "ελλας", "Έλλάς", "co-operation", "cooperation", "maker's", "ete", "été",
    "strasse", "straße", "orsted", "Ørsted", "关税", "关*", "1,234.5", "walnut", "the", "o*", "steel ports", '"day truce" open', "nothing",
    "steel steel", "open open ports*",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(postgres: Server) -> Iterator[tuple[Store, Store]]:
    with Store.open(None) as one, Store.open(postgres.place()) as other:
        for store in (one, other):
            for number, text in enumerate(SAID * 3):
                title = f"Ports {number}" if number % 3 == 0 else None
                put(store, make_report(f"n{number}", f"{TEXT} {text * (number % 4)} {text} {number}", title=title))
        yield one, other


def found(store: Store, query: str, **more: Any) -> list[tuple[Any, ...]]:
    """What a search shows, in its order; scores as far as a single-precision reader would tell them apart."""
    hits = store.search(query, **more)
    return [(hit.kind, hit.id, hit.snippet, hit.marks, round(hit.score, 9)) for hit in hits]


@pytest.mark.parametrize("query", ASKED)
def test_a_server_finds_what_a_file_finds(both: tuple[Store, Store], query: str) -> None:
    file, server = both
    assert found(server, query) == found(file, query)
    assert found(server, query, kinds=["report", "move"], limit=3) == found(
        file, query, kinds=["report", "move"], limit=3
    )
    assert sorted(server.matching(query)) == sorted(file.matching(query))
    assert server.matching(query, 4) == file.matching(query, 4)
    numbers = file.matching(query)[:7]
    assert server.hits(query, numbers) == file.hits(query, numbers)


PIECES = [
    "open",
    "ports",
    "OPEN",
    "Régnier",
    "regn*",
    "tar*",
    '"',
    "25",
    "U.S.",
    "o",
    "p*",
    "стали",
    "the",
    "-",
    "day",
    " ",
]


@settings(max_examples=80, deadline=None)
@given(query=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join))
def test_any_query_finds_the_same(both: tuple[Store, Store], query: str) -> None:
    file, server = both
    assert found(server, query) == found(file, query)


def test_phrases_are_found_however_long_a_text_is(postgres: Server) -> None:
    filler = "the ministers spoke of it and the day passed; "
    long = f"{filler * 400}a blue walnut fell {filler * 2500}then the green walnut fell {'x' * 3000} end"
    assert len(tokens(long)) > 20_000
    with Store.open(postgres.place()) as server, Store.open(None) as file:
        for store in (server, file):
            put(store, make_report("long", long), records=())
            put(store, make_report("title", filler * 2000, title="A red walnut"), records=())
            put(store, make_report("short", "the walnut blue, green the walnut"), records=())
        for query in ('"the green walnut"', '"blue walnut"', '"green walnut fell"', '"the blue walnut"', '"passed the"',
                      '"red walnut" "the day"', '"walnut the"', "walnut", "x" * 3000, '"green wal*"', '"passed th*" walnut'):  # fmt: skip
            assert {hit.id: hit.marks for hit in server.search(query)} == {
                hit.id: hit.marks for hit in file.search(query)
            }


def test_a_text_of_more_words_than_fit_is_stored_and_found_by_the_first(postgres: Server) -> None:
    words = " ".join(f"{number:x}walnut" for number in range(120_000))
    with Store.open(postgres.place()) as store:
        assert put(store, make_report("large", words), records=())
        assert [hit.kind for hit in store.search("1fwalnut")] == ["report"]


def test_names_and_addresses_of_any_length(postgres: Server) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(4000))
    with Store.open(postgres.place()) as store:
        assert put(store, make_report(name, "A text."), records=())
        assert store.report(name) == make_report(name, "A text.")
