"""The role that `docs/how-to/postgresql.md` gives the server: all the work of a desk, and nothing else, on a real server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from postgres_server import Server
from review_examples import ONE, PACK, TWO, version_one
from standoff import decisions, pipeline
from standoff.errors import StoreError
from standoff.model.record import Move
from standoff.store import Store
from standoff.web.app import create_app
from standoff.web.settings import Settings

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "postgresql.md"
SECRET = "s3cret"


@pytest.fixture(scope="module")
def desk(postgres: Server) -> Iterator[str]:
    """The address of a record that its owner made, for the role of the how-to."""
    schema = postgres.schema()
    Store.open(postgres.address(schema)).close()
    block = re.findall(r"```sql\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)[0]
    role = f"desk_of_{schema}"
    told = block.replace("SCHEMA public", f"SCHEMA {schema}").replace("'...'", f"'{SECRET}'")
    told = re.sub(r"\bdesk\b", role, re.sub(r" ON (review|report|migration) ", rf" ON {schema}.\1 ", told))
    postgres.run(*(statement for statement in told.split(";\n") if statement.strip()))
    try:
        yield postgres.address(schema, username=role, password=SECRET)
    finally:
        postgres.run(f"GRANT {role} TO CURRENT_USER", f"DROP OWNED BY {role}", f"DROP ROLE {role}")


def test_reading_deciding_rebuilding_and_serving_need_no_more(desk: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "annotate", version_one)
    with Store.open(desk) as store:
        assert len(pipeline.ingest(store, [ONE, TWO], PACK).added) == 2
        move = store.records(Move, ONE.id)[0]
        decisions.reject(store, move.id, who="ana")
        decisions.retract(store, TWO.id, who="ana")
        assert len(pipeline.rebuild(store, PACK).added) == 2
        store.set_meta({"pack": "us-china-trade"})
        asked = store.records(Move, ONE.id)[1].id
    app = create_app(Settings(records=(desk,), wait_seconds=60, who="ana"))
    with TestClient(app, base_url="http://127.0.0.1:8642") as client:
        page = client.get(f"/n/us-china-trade/review/record/{asked}")
        assert page.status_code == 200
        token = re.search(r'name="token" value="(\w+)"', page.text)
        assert token
        sent = client.post(
            f"/n/us-china-trade/review/record/{asked}",
            data={"token": token[1], "action": "accept"},
            headers={"Origin": "http://127.0.0.1:8642", "Sec-Fetch-Site": "same-origin"},
            follow_redirects=False,
        )
        assert sent.status_code == 303
    with Store.open(desk) as store:
        assert [review.action for review in store.reviews()] == ["reject", "retract", "accept"]


@pytest.mark.parametrize(
    "forbidden",
    [
        "DROP TABLE review", "DROP TABLE move CASCADE", "ALTER TABLE report ADD COLUMN more text", "TRUNCATE report",
        "DROP TRIGGER review_is_append_only ON review", "ALTER TABLE report DISABLE TRIGGER ALL",
        "CREATE TABLE other (n int)", "CREATE INDEX other ON move (what)", "UPDATE review SET who = 'lee'",
        "DELETE FROM review", "DELETE FROM report", "INSERT INTO migration VALUES (99, 'x', 'x')", "CREATE ROLE other",
        "DROP FUNCTION review_is_append_only CASCADE", "ALTER ROLE CURRENT_USER SUPERUSER",
    ],
)  # fmt: skip
def test_what_it_may_not(desk: str, forbidden: str) -> None:
    with (
        Store.open(desk) as store,
        pytest.raises(StoreError, match="this role may not do that"),
        store._transaction(writes=True) as connection,
    ):
        connection.exec_driver_sql(forbidden)
