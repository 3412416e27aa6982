"""Set up what the tests need besides Python packages: `python -m tests.setup`.

Chromium and Node come from the package manager where it may be used, Kafka's jars from Maven, the tests' own
Node packages from npm. Java and Maven are expected to be there. What is missing in the end is named with what to
install; with CI=true that is a failure, since no test may be skipped there.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from ioc.services.kafka import KafkaBroker, KafkaSetupError
from ioc.tools import CHROMIUM, JAVA, MAVEN, NODE, NPM, install

_WITH_NODE = [Path(__file__).parent / name for name in ("timescale", "asyncapi", "axe", "oidc")]


def main() -> int:
    """Set up all parts; answers the exit status."""
    missing = [*_programs(), *_kafka(), *(found for folder in _WITH_NODE for found in _node_packages(folder))]
    for sentence in missing:
        print(f"tests: {sentence}", file=sys.stderr)
    return 1 if missing and os.environ.get("CI") == "true" else 0


def _programs() -> list[str]:
    """Chromium and Node by the package manager."""
    absent = [tool for tool in (CHROMIUM, NODE, NPM) if tool.path is None]
    if absent:
        print(f"tests: installing {', '.join(tool.names[0] for tool in absent)}", file=sys.stderr)
        install(absent)
    return [tool.advice for tool in (CHROMIUM, NODE, NPM, JAVA, MAVEN) if tool.path is None]


def _kafka() -> list[str]:
    """Kafka's jars, once for all homes of this user."""
    if JAVA.path is None or MAVEN.path is None:
        return []
    with TemporaryDirectory() as folder:
        broker = KafkaBroker(Path(folder), 9092, 9093)  # never started: only prepared
        if broker.jars.exists():
            return []
        print("tests: fetching Kafka's jars", file=sys.stderr)
        try:
            broker.prepare()
        except KafkaSetupError as error:
            return [str(error)]
    return []


def _node_packages(folder: Path) -> list[str]:
    """The Node packages of a folder of tests, when its lock is newer than what is installed."""
    lock = folder / "package-lock.json"
    installed = folder / "node_modules" / ".package-lock.json"
    if NPM.path is None or not lock.exists():
        return []
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return []
    print(f"tests: installing the Node packages of {folder.name}", file=sys.stderr)
    done = subprocess.run([NPM.path, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=False)
    return [] if done.returncode == 0 else [f"npm could not install the packages of tests/{folder.name}"]


if __name__ == "__main__":
    sys.exit(main())
