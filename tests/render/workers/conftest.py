"""Workers and an object store on this machine, and small books for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import CREDENTIALS, FORCES, Cluster
from small_project import write_project

from peelbook.parameters import Parameters, parse_parameters
from peelbook.render.plan import Engine, Plan


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.distributed)


@pytest.fixture(scope="session")
def store_address() -> Iterator[str]:
    """Return where an object store for the tests listens."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory, store_address) -> Iterator[Cluster]:
    """Return a scheduler with two workers, which have credentials for the store."""
    pytest.importorskip("distributed")
    environment = CREDENTIALS | {"AWS_ENDPOINT_URL": store_address}
    with Cluster(tmp_path_factory.mktemp("cluster"), environment) as running:
        running.start_worker()
        running.start_worker()
        yield running


@pytest.fixture
def plan(tmp_path) -> Callable[..., Plan]:
    """Return a function from the cells of a made-up chapter to a plan for books of it."""

    def make(*code: str, output: str = "books", within_site: bool = False, **more: str) -> Plan:
        project = write_project(tmp_path / "project", *code, **more)
        return Plan(tmp_path / output, project, Engine.in_process, within_site)

    return make


@pytest.fixture
def sets() -> Callable[..., list[Parameters]]:
    """Return a function from parameters to a set for each of three forces."""
    return lambda **values: [parse_parameters({"force": force} | values) for force in FORCES]
