"""What the logs of a service say of an error in a library that writes to the standard ones."""

import json
import subprocess
import sys

_BREAK = """
import logging
from ioc.logs import configure_logs
configure_logs()
try:
    raise LookupError("nothing there")
except LookupError:
    logging.getLogger("uvicorn.error").exception("broke")
"""


def test_an_error_of_a_library_is_written_with_its_traceback() -> None:
    done = subprocess.run([sys.executable, "-c", _BREAK], capture_output=True, text=True, check=True)
    told = json.loads(done.stderr)
    assert told["event"] == "broke"
    assert "LookupError: nothing there" in told["exception"]
    assert "Traceback" in told["exception"]
