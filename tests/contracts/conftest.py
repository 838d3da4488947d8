"""What the contracts share: a database server."""

from collections.abc import Iterator

import pytest

from contracts.servers import NoServerError, postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a fresh PostgreSQL; without one the test is skipped, and says why."""
    pytest.importorskip("psycopg")
    try:
        with postgres() as address:
            yield address
    except NoServerError as why:
        pytest.skip(str(why))
