"""What Java and the workers of Spark say when they fail, as faults that name the remedy."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from tolok.errors import FileFault, InputError

OTHER_TOLOK = "another Tolok than on this machine"
"""What a worker says whose checks may be others."""
_NO_SCHEME = ("ClassNotFoundException", "UnsupportedFileSystemException")
_PACKAGE = "--spark spark.jars.packages=org.apache.hadoop:hadoop-aws:3.5.0 for s3a"
_NO_MODULE = re.compile(r"(?:No module named '|No package metadata was found for )(\w+)")


@contextmanager
def reached(address: str) -> Iterator[None]:
    """While inside, what Java says of an address becomes a fault that names it and the remedy."""
    from py4j.protocol import (  # type: ignore[import-untyped]  # py4j has no types  # noqa: PLC0415 -- an extra's
        Py4JJavaError,
    )

    try:
        yield
    except Py4JJavaError as error:
        raise address_fault(address, str(error.java_exception)) from error


@contextmanager
def working() -> Iterator[None]:
    """While inside, what Spark or its workers lack is said with the remedy."""
    from py4j.protocol import (  # noqa: PLC0415 -- comes with PySpark, an extra
        Py4JJavaError,
    )
    from pyspark.errors import PySparkException  # noqa: PLC0415 -- as above

    try:
        yield
    except (Py4JJavaError, PySparkException) as error:
        raise InputError(f"--engine spark: {failure(str(error))}") from error


def address_fault(address: str, said: str) -> FileFault:
    """The fault of an address, by what Java says of it."""
    if "FileNotFoundException" in said:
        return FileFault(address, "no such file or folder.")
    if any(name in said for name in _NO_SCHEME):
        problem = "Spark lacks what reads such addresses."
        return FileFault(address, problem, remedy=f"Name its package: {_PACKAGE}.")
    remedy = "Look at the address, and at the keys that --spark gives."
    return FileFault(address, f"cannot be reached: {_first_line(said)}.", remedy=remedy)


def failure(said: str) -> str:
    """What a failure of Spark means, and what to do."""
    lacking = _NO_MODULE.search(said)
    if lacking:
        return (
            f"the Python of the workers has no {lacking[1]}. Give them one that has Tolok: install "
            "it on each, or pass a packed environment with --spark spark.archives=... "
            "(docs/spark.md)."
        )
    if OTHER_TOLOK in said:
        return (
            f"the workers have {OTHER_TOLOK}. Install the same version on all, so that rows are "
            "checked alike (docs/spark.md)."
        )
    is_worker = "from the Python worker" in _first_line(said)
    told = said.strip().splitlines()[-1].strip() if is_worker else _first_line(said)
    return f"{told[:500]}. Look whether all workers reach the files and the folders named."


def _first_line(said: str) -> str:
    return said.strip().partition("\n")[0].strip().rstrip(".:")
