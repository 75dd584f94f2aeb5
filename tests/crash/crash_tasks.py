"""A process that can be killed at any point, and what it works on: reports of our own, a machine that needs no model.

Run as a program it forks a child for each line that it is given (a `Task` as JSON) and says how the child ended, so
that two hundred processes need not load the libraries two hundred times.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crash_work import processed
from sqlalchemy import Engine, event

from review_examples import ONE, PACK, TEXT, TWO, version_one
from standoff import decisions, pipeline
from standoff.batch.engine import Engine as Batch
from standoff.batch.local import Processes
from standoff.model.record import Contact, Linkage, Move
from standoff.model.review import Review
from standoff.read.metadata import Metadata
from standoff.store import Store
from standoff.watch.fetch import Fetcher
from standoff.watch.polite import Polite
from standoff.watch.sources import Sources
from standoff.watch.watcher import Watcher

NOW = datetime(2031, 5, 8, tzinfo=UTC)
REPORTS = 6
_PLACES = "Upper Quay,Lower Quay,Saltmouth,Greyford,Ebb,Anchorage,Tidewell,Southpier".split(",")


@dataclass(frozen=True, slots=True)
class Task:
    """What a child does. It kills itself at the `at`-th point (0: never), or is killed after so many seconds; at each
    decision that was accepted, and with the number of points at the end, it adds a line to the file `told`."""

    name: str
    where: str
    folder: str
    told: str
    at: int = 0
    after: float = 0.0
    day: int = 0


def write_reports(folder: Path) -> None:
    """Files of reports that are near to each other, so that there is lineage to settle."""
    for number, place in enumerate(_PLACES[:REPORTS]):
        path = folder / f"dispatch-{number}.txt"
        path.write_text(
            f"Dispatch {number} from {place}. {TEXT}It rained on {number} days in {place}.\n", encoding="utf-8"
        )
        os.utime(path, (1_900_000_000, 1_900_000_000))


def meta(folder: str) -> dict[str, Metadata]:
    names = sorted(os.listdir(folder))
    return {os.path.join(folder, name): Metadata(outlet=f"Outlet {at % 3}") for at, name in enumerate(names)}


def opened(task: Task) -> Store:
    return Store.open(task.where, clock=lambda: NOW)


def ingest(task: Task) -> None:
    with opened(task) as store:
        pipeline.ingest(store, pipeline.read([task.folder], meta(task.folder)), PACK)


def rebuild(task: Task) -> None:
    with opened(task) as store:
        pipeline.rebuild(store, PACK)


def by(engine: Batch, rebuilds: bool) -> Callable[[Task], None]:
    """Read the folder, or make all anew, by an engine of several processes."""

    def run(task: Task) -> None:
        pipeline.process = processed
        del sys.modules["__main__"].__file__  # workers need not load this program again
        with opened(task) as store:
            if rebuilds:
                pipeline.rebuild(store, PACK, None, engine)
                return
            files = sorted(str(path) for path in Path(task.folder).iterdir())
            pipeline.ingest_files(store, files, PACK, engine, meta(task.folder))

    return run


def cluster(task: Task) -> None:
    from standoff.batch.ray import Cluster

    by(Cluster(2), False)(task)


def feeds(task: Task) -> None:
    """A pass over a feed of this machine and its pages; its address stands in a file beside the reports."""
    address = Path(task.folder).with_name("feed-address").read_text(encoding="utf-8")
    _watch(task, {"feed": address, "outlet": "Harbour Post"}, Polite(Fetcher(allow_private=True), pause=0.0))


def serve(task: Task) -> None:
    """The record in a browser, on the port that the file `folder` has, until it is killed."""
    import uvicorn

    from standoff.web.app import create_app
    from standoff.web.settings import Settings

    tell(task, f"pid {os.getpid()}")
    port = int(Path(task.folder).read_text(encoding="utf-8"))
    app = create_app(Settings(records=(task.where,), wait_seconds=60, who="ana", port=port))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def watch(task: Task) -> None:
    """A pass over the folder."""
    _watch(task, {"folder": task.folder, "outlet": "Harbour Post"}, Polite(Fetcher()))


def _watch(task: Task, source: dict[str, str], polite: Polite) -> None:
    """Each run is on another day, since what may have ended the program twice is left alone."""
    sources = Sources.model_validate({"sources": [source]})
    with opened(task) as store:
        now = NOW + timedelta(days=2 * task.day)
        watcher = Watcher(store, sources, polite, now=lambda: now)
        pipeline.ingest(store, watcher.reports(), PACK)
        if store.untraced():
            pipeline.trace(store, PACK)


def review(task: Task) -> None:
    """What a person decides, each decision with a note of its own; one whose note stands was made."""
    with opened(task) as store:
        made = {review.note for review in store.reviews()}
        for note, decide in _decisions(store):
            if note not in made:
                decide()
                tell(task, note)


def _decisions(store: Store) -> Iterator[tuple[str, Callable[[], Review]]]:
    for number, report in enumerate(store.reports()):
        move = store.records(Move, report.id)[0].id
        link = store.records(Linkage, report.id)[0].id
        met = store.records(Contact, report.id)[0].id
        note = f"decision {number}"
        yield f"{note} a", lambda n=f"{note} a", m=move: decisions.accept(store, m, who="ana", note=n)
        yield f"{note} b", lambda n=f"{note} b", m=link: decisions.reject(store, m, who="ana", note=n)
        yield (
            f"{note} c",
            lambda n=f"{note} c", m=met: decisions.correct(store, PACK, m, {"place": "Arland"}, who="lee", note=n),
        )
        if number % 3 == 0:
            yield f"{note} d", lambda n=f"{note} d", r=report.id: decisions.retract(store, r, who="lee", note=n)
        if number % 6 == 0:
            yield (
                f"{note} e",
                lambda n=f"{note} e", p=f"{note} d": decisions.withdraw(store, _noted(store, p), who="lee", note=n),
            )


def _noted(store: Store, note: str) -> str:
    return next(review.id for review in store.reviews() if review.note == note)


TASKS: dict[str, Callable[[Task], None]] = {"ingest": ingest, "rebuild": rebuild, "watch": watch, "review": review}
MORE: dict[str, Callable[[Task], None]] = {
    "feeds": feeds, "ingest by processes": by(Processes(2), False), "rebuild by processes": by(Processes(2), True),
    "ingest by ray": cluster, "serve": serve,
}  # fmt: skip


def tell(task: Task, line: str) -> None:
    with open(task.told, "a", encoding="utf-8") as file:
        file.write(line + "\n")


def _run(task: Task) -> None:
    """In the child: the points at which it may end are before each statement, and before and after each commit."""
    passed = 0

    def point(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == task.at:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, point)
    (TASKS | MORE)[task.name](task)
    tell(task, f"points {passed}")


def main() -> None:
    pipeline.annotate = version_one  # type: ignore[attr-defined, assignment]
    with Store.open(None) as store:  # what is loaded at first use is loaded once, before any fork
        pipeline.ingest(store, [ONE, TWO], PACK)
    if "--web" in sys.argv:
        for name in ("standoff.web.app", "trafilatura", "htmldate"):
            importlib.import_module(name)
    gc.freeze()
    for line in sys.stdin:
        task = Task(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            status = 1
            os.dup2(2, 1)  # what libraries print is no answer of ours
            try:
                _run(task)
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(status)
        if task.after:
            time.sleep(task.after)
            os.kill(pid, signal.SIGKILL)  # not waited for yet, so it is still this process
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n")
        sys.stdout.flush()


def as_line(task: Task) -> str:
    return json.dumps(asdict(task)) + "\n"


if __name__ == "__main__":
    main()
