"""Programs of the machine that parts of the product use besides Python: what for, and how to get them."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: found under one of its `names`, in Debian's and Ubuntu's `packages`."""

    names: tuple[str, ...]
    needed_for: str
    packages: tuple[str, ...]

    @property
    def path(self) -> str | None:
        """Where it is, or None."""
        return next((found for name in self.names if (found := shutil.which(name))), None)

    @property
    def advice(self) -> str:
        """What to do where it is missing, as a sentence."""
        return f"{self.names[0]} is missing ({self.needed_for}): apt-get install {' '.join(self.packages)}"


JAVA = Tool(("java",), "`ioc up --kafka` and the tests with Kafka", ("openjdk-17-jre-headless",))
MAVEN = Tool(("mvn",), "fetching Kafka's jars once", ("maven",))
CHROMIUM = Tool(("chromium", "chromium-browser", "google-chrome"), "the browser tests and benchmarks", ("chromium",))
NODE = Tool(("node",), "the tests on TimescaleDB", ("nodejs", "npm"))
NPM = Tool(("npm",), "the tests on TimescaleDB", ("nodejs", "npm"))

TOOLS = (JAVA, MAVEN, CHROMIUM, NODE, NPM)


def install(tools: Sequence[Tool]) -> bool:
    """Have the package manager install them; answers False where it isn't there, or isn't ours to use."""
    before = _as_root()
    if shutil.which("apt-get") is None or before is None:
        return False
    packages = sorted({package for tool in tools for package in tool.packages})
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-q", "-y", "--no-install-recommends"]
    subprocess.run([*before, "apt-get", "-q", "update"], check=False, env=quiet)
    done = subprocess.run([*before, "apt-get", "install", *options, *packages], check=False, env=quiet)
    return done.returncode == 0


def _as_root() -> list[str] | None:
    """What to put before a command so that root runs it; None where that can't be had without a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    asked = subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return [sudo, "-n"] if asked.returncode == 0 else None
