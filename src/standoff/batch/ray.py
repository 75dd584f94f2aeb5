"""The engine of a cluster, or of this machine's cores: Ray Data reads, works, and streams results to the driver.

read (a file is a shard; known reports are not worked on) → work (an actor for each core holds a worker process with
the model, so that a report which takes too long or kills its process costs only itself) → the driver, in order.
Blocks are small, so all actors have work and little waits between two steps. Needs the extra `standoff[ray]`.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from standoff.batch.crew import Crew
from standoff.batch.engine import LIMIT, Failed, Known, R, Source, T, Work
from standoff.batch.local import opened, tasks
from standoff.errors import BatchError, InputError
from standoff.model.report import Report

_BLOCK = 100_000  # bytes of what goes from one step to the next at once: some twenty reports
_ROWS = 8  # reports that reading gives at once
_READER = 0.1  # of a core; an actor has the rest, so that reading always finds a place


class Cluster:
    """Works on a Ray cluster: at `address` (`ray://host:10001`, `auto`), or one of this machine's that ends with it.

    `processes`: how many actors; as many as there are cores by default. Raises InputError where Ray is not installed.
    """

    elsewhere = True
    at_once = 64

    def __init__(self, processes: int | None = None, address: str | None = None, limit: float = LIMIT) -> None:
        self._ray, self._arrow = _installed()
        self._processes, self._address, self._limit = processes, address, limit

    def process(
        self, sources: Iterable[Source[T]], work: Work[R], known: Known
    ) -> Generator[R | Failed | Report | T, None, None]:
        shards = [{"source": pickle.dumps(source)} for source in sources]
        if not shards:
            return
        with self._connected() as cores:
            count = self._processes or cores
            made = self._planned(shards, pickle.dumps(work), known, count)
            for block in made.iter_batches(batch_size=None, batch_format="pyarrow"):
                for result in block["result"]:
                    yield opened(b"", result.as_py())

    def _planned(self, shards: list[dict[str, bytes]], work: bytes, known: Known, count: int) -> Any:
        """The steps, as a data set that is not computed yet."""
        data = self._ray.data
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        warnings.filterwarnings("ignore", category=UserWarning, module=r"ray\.data")  # small loads leave actors idle
        context = data.DataContext.get_current()
        context.target_max_block_size = _BLOCK
        context.enable_progress_bars = False
        context.execution_options.preserve_order = True
        read = data.from_items(shards, override_num_blocks=len(shards)).map_batches(
            _read,
            fn_args=(known,),
            batch_size=1,
            batch_format="pyarrow",
            compute=data.TaskPoolStrategy(size=min(count, len(shards))),
            num_cpus=_READER,
        )
        return read.map_batches(
            _Actor,
            fn_constructor_args=(work, self._limit),
            batch_size=None,
            batch_format="pyarrow",
            compute=data.ActorPoolStrategy(size=count),
            num_cpus=1 - _READER,
        )

    @contextmanager
    def _connected(self) -> Iterator[int]:
        """How many cores there are; a connection that is there already is used and stays."""
        ours = not self._ray.is_initialized()
        if ours:
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
            local = {"num_cpus": self._processes, "include_dashboard": False} if self._address is None else {}
            try:
                self._ray.init(address=self._address or "local", logging_level="error", log_to_driver=False, **local)
            except (ConnectionError, RuntimeError, ValueError, OSError) as error:
                raise BatchError(
                    f"the Ray cluster at {self._address or 'this machine'} cannot be used: {error}"
                ) from error
        try:
            yield max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        finally:
            if ours:
                self._ray.shutdown()


def _installed() -> tuple[Any, Any]:
    try:
        import pyarrow
        import ray
        import ray.data
    except ImportError as error:
        raise InputError("the engine `ray` needs Ray: pip install 'standoff[ray]'") from error
    return ray, pyarrow


# -- on the cluster -------------------------------------------------------------------------------------------------


def _read(shard: Any, known: Known) -> Iterator[Any]:
    """What the source of a shard gives, pickled, and whether it needs work."""
    import pyarrow

    def block(items: list[tuple[bytes, bool]]) -> Any:
        pickled, works = ([item[part] for item in items] for part in (0, 1))
        return pyarrow.table(
            {"item": pyarrow.array(pickled, pyarrow.binary()), "works": pyarrow.array(works, pyarrow.bool_())}
        )

    some: list[tuple[bytes, bool]] = []
    for source in shard["source"]:
        for item in tasks([pickle.loads(source.as_py())], known):
            some.append((item, True) if isinstance(item, bytes) else (pickle.dumps(item), False))
            if len(some) == _ROWS:
                yield block(some)
                some = []
    yield block(some)


class _Actor:
    """Holds a worker process, which holds the model."""

    def __init__(self, work: bytes, limit: float) -> None:
        self._crew = Crew(work, 1, limit)

    def __call__(self, items: Any) -> Any:
        import pyarrow

        given = zip(items["item"], items["works"], strict=True)
        done = self._crew.run(item.as_py() if works.as_py() else (item.as_py(),) for item, works in given)
        return pyarrow.table({"result": pyarrow.array([_result(*pair) for pair in done], pyarrow.binary())})


def _result(task: bytes | tuple[bytes], answer: bytes | str | None) -> bytes:
    """The pickled result: of a worker, or of a report that has none; what needed no work as it came."""
    if isinstance(task, tuple):
        return task[0]
    return answer if isinstance(answer, bytes) else pickle.dumps(opened(task, answer))
