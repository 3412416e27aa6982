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


_POST = """
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
import httpx
from ioc.logs import configure_logs

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(204)
        self.end_headers()
    def log_message(self, *_):
        pass

configure_logs(debug=True)
server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.handle_request).start()
httpx.post(f"http://127.0.0.1:{server.server_port}/hook/its-secret")
print("sent")
"""


def test_the_address_of_a_webhook_is_told_to_nobody_not_even_in_search_of_a_fault() -> None:
    done = subprocess.run([sys.executable, "-c", _POST], capture_output=True, text=True, check=True)
    assert done.stdout == "sent\n"
    assert "its-secret" not in done.stderr
