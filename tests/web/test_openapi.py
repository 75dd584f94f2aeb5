"""What the interface says of itself is so: whatever it allows is answered as described, what it does not is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from serving import copied, served

from standoff.web.app import create_app
from standoff.web.settings import Settings

SLUG = "us-china-trade"
DESCRIBED = create_app(Settings(records=())).openapi()
SCHEMA = schemathesis.openapi.from_dict(DESCRIBED)
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
Asking = Callable[[Case], None]
QUIET = settings(
    max_examples=5, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(scope="module")
def real(client: TestClient) -> dict[str, str]:
    """Something that is there for each address with an id."""
    root = f"/n/{SLUG}/"

    def first(path: str) -> dict[str, Any]:
        rows: list[dict[str, Any]] = client.get(f"{root}{path}?format=json").json()["rows"]
        return rows[0]

    reports = [row["id"] for row in client.get(f"{root}reports?format=json").json()["rows"]]
    move = first("issue/tariffs")["records"][0]
    return {
        "issue": "tariffs", "party": "US", "actor": first("actors")["id"], "measure": first("measures")["id"],
        "contact": first("contacts")["id"], "position": move, "record": move, "cite": move, "report": reports[0],
        "beside": reports[1], "decision": "v-none", "exports": "contacts.ics",
    }  # fmt: skip


@pytest.fixture(scope="module")
def asked(address: str, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Case], None]]:
    """Ask, and compare the answer with the description; what decides is sent to a copy of the record, with its token.

    A form that is allowed may still be refused for what stands in it: that words are in a report no schema can say.
    """
    copy = copied(database, tmp_path_factory.mktemp("openapi"))
    with requests.Session() as session, served(Settings(records=(copy,), wait_seconds=60, who="ana")) as deciding:
        token = re.search(r'name="token" value="(\w+)"', session.get(f"{deciding}/n/{SLUG}/review").text)
        assert token

        def ask(case: Case) -> None:
            if case.method != "POST":
                case.validate_response(case.call(session=session, base_url=address))
                return
            if isinstance(case.body, dict) and len(str(case.body.get("token", ""))) % 2:
                case.body["token"] = token[1]
            answer = case.call(session=session, base_url=deciding, allow_redirects=False)
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])

        yield ask


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_what_is_allowed_is_answered(operation: Any, asked: Asking, real: dict[str, str]) -> None:
    @QUIET
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def there(case: Case) -> None:
        for name in case.path_parameters:
            case.path_parameters[name] = _value(operation.path, name, real)
        asked(case)

    @QUIET
    @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
    def perhaps_there(case: Case) -> None:
        if case.path_parameters:
            case.path_parameters["slug"] = SLUG
        asked(case)

    there()
    if set(re.findall(r"{(\w+)}", operation.path)) - {"slug"}:
        perhaps_there()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_what_is_not_allowed_is_refused(operation: Any, asked: Asking) -> None:
    @QUIET
    @given(case=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def refused(case: Case) -> None:
        asked(case)

    refused()


def _value(path: str, name: str, real: dict[str, str]) -> str:
    if name == "slug":
        return SLUG
    before = path.split("{" + name + "}")[0].strip("/").split("/")[-1]
    return real[before]


def test_every_address_tells_its_answers() -> None:
    for path, methods in DESCRIBED["paths"].items():
        for method, told in methods.items():
            answers = told["responses"]
            if path in ("/", "/login", "/logout"):
                continue
            assert {"401", "404", "422", "503"} <= set(answers), path
            if method == "post":
                assert {"303", "403", "413", "415"} <= set(answers), path
                assert list(told["requestBody"]["content"]) == ["application/x-www-form-urlencoded"], path
            elif path.endswith(("/correct", "/add", "/name")):
                assert set(answers["200"]["content"]) == {"text/html"}, path
            elif not path.endswith(("/cite/{id}", "/exports/{name}")):
                assert set(answers["200"]["content"]) == {"text/html", "text/csv", "application/json"}, path
