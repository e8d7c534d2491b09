"""A password in a lake's address goes into the environment, and stands nowhere else."""

import os

import pytest

from queries.address import PASSWORD_VARIABLE, lake_at


@pytest.mark.parametrize(
    ("address", "left", "password"),
    [
        ("dbname=lake password=hunter2 host=h", "dbname=lake  host=h", "hunter2"),
        ("password = 'hunter 2\\'s' dbname=lake", "dbname=lake", "hunter 2's"),
        ("postgresql://city:hunt%40er@h:5432/lake", "postgresql://city@h:5432/lake", "hunt@er"),
        ("dbname=lake host=h passfile=/root/.pgpass", "dbname=lake host=h passfile=/root/.pgpass", None),
        ("password='it\\'s\\'' dbname=lake", "dbname=lake", "it's'"),
        (
            "postgresql://h/lake?user=u&password=p%40&sslmode=require",
            "postgresql://h/lake?user=u&sslmode=require",
            "p@",
        ),
        ("postgresql://u:password=x@h/lake", "postgresql://u@h/lake", "password=x"),
        ("postgresql://city@h/lake", "postgresql://city@h/lake", None),
    ],
)
def test_the_password_is_taken_out(
    address: str, left: str, password: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "")
    monkeypatch.delenv(PASSWORD_VARIABLE)
    lake = lake_at(address, 140525)
    assert (lake.dsn, lake.county) == (left, 140525)
    assert os.environ.get(PASSWORD_VARIABLE) == password
