"""What Spark's failures are told as: what is wrong, and what to do."""

import pytest

from tolok.store.spark_faults import OTHER_TOLOK, address_fault, failure

FAILURES = [
    (
        (
            "An exception was thrown from the Python worker:\nModuleNotFoundError: No module named "
            "'tolok.store'\n"
        ),
        (
            "the Python of the workers has no tolok. Give them one that has Tolok: install it "
            "on each, or pass a packed environment with --spark spark.archives=... (docs/spark.md)."
        ),
    ),
    (
        "importlib.metadata.PackageNotFoundError: No package metadata was found for tolok",
        (
            "the Python of the workers has no tolok. Give them one that has Tolok: install it "
            "on each, or pass a packed environment with --spark spark.archives=... (docs/spark.md)."
        ),
    ),
    (
        f"An exception was thrown from the Python worker:\nRuntimeError: {OTHER_TOLOK}\n",
        (
            "the workers have another Tolok than on this machine. Install the same version on all, "
            "so that rows are checked alike (docs/spark.md)."
        ),
    ),
    (
        "An exception was thrown from the Python worker:\nTraceback\n  File x\nKeyError: 'a'\n",
        "KeyError: 'a'. Look whether all workers reach the files and the folders named.",
    ),
    (
        "Job aborted: no space.\n\tat java.lang.Thread",
        "Job aborted: no space. Look whether all workers reach the files and the folders named.",
    ),
]
ADDRESSES = [
    ("java.io.FileNotFoundException: x\n\tat y", "s3a://b/c: no such file or folder."),
    (
        "java.lang.RuntimeException: java.lang.ClassNotFoundException: S3AFileSystem",
        (
            "s3a://b/c: Spark lacks what reads such addresses. Name its package: --spark "
            "spark.jars.packages=org.apache.hadoop:hadoop-aws:3.5.0 for s3a."
        ),
    ),
    (
        "java.nio.AccessDeniedException: no key\n\tat y",
        (
            "s3a://b/c: cannot be reached: java.nio.AccessDeniedException: no key. Look at the "
            "address, and at the keys that --spark gives."
        ),
    ),
]


@pytest.mark.parametrize(("said", "told"), FAILURES)
def test_failure_of_workers_names_the_remedy(said, told):
    assert failure(said) == told


@pytest.mark.parametrize(("said", "told"), ADDRESSES)
def test_fault_of_an_address_names_the_remedy(said, told):
    assert str(address_fault("s3a://b/c", said)) == told
