"""A desk for all tests here that need nothing special of one, and one that keeps what it is given."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from served import Client, desk

from quoth.desk.settings import Settings


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with desk(Settings(port=0, rules=True)) as (made, _):
        yield made


@pytest.fixture(scope="session")
def examined(client: Client) -> str:
    """The path of an examination of the example story; what alters it has one of its own made."""
    return client.example()
