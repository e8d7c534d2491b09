"""Object storage that a lake's files may lie in, by its own tools' settings: AWS_… in the environment."""

import os
from urllib.parse import urlsplit

import duckdb

KEY, SECRET, REGION, ENDPOINT = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_REGION",
    "AWS_ENDPOINT_URL",
)
SETTINGS = (KEY, SECRET, REGION, ENDPOINT)
STYLE_VARIABLE = "ZHIBEN_S3_URL_STYLE"
"""path: the bucket stands in the path, vhost: before the host; providers differ."""

USUAL_REGION = "us-east-1"

REACHED = """
    create secret storage (
        type s3, key_id $key, secret $secret,
        region $region, endpoint $endpoint, url_style $style, use_ssl $is_https
    )
"""


def is_configured() -> bool:
    """Whether the environment says how to reach an object storage."""
    return bool(os.environ.get(KEY))


def forget(con: duckdb.DuckDBPyConnection) -> None:
    """From now on a connection cannot reach it any more."""
    con.execute("drop secret if exists storage")


def reach(con: duckdb.DuckDBPyConnection) -> None:
    """Let a connection that has httpfs read and write the object storage of the environment."""
    endpoint = urlsplit(os.environ.get(ENDPOINT) or "https://s3.amazonaws.com")
    told = {
        "key": os.environ[KEY],
        "secret": os.environ.get(SECRET, ""),
        "region": os.environ.get(REGION) or USUAL_REGION,
        "endpoint": endpoint.netloc,
        "style": os.environ.get(STYLE_VARIABLE) or "path",
        "is_https": endpoint.scheme == "https",
    }
    con.execute(REACHED, told)
    con.execute("set s3_secret_access_key = ''")  # httpfs takes it from the environment too, for all to read
