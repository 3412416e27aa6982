"""What runs: the services of this home, as their supervisor and a question to each say."""

from collections.abc import Iterator

from ioc.diagnosis.finding import Finding
from ioc.services.probes import answers
from ioc.services.state import ServiceState, is_supervised, read_state
from ioc.settings import Settings


def look_at_services(settings: Settings) -> Iterator[Finding]:
    """One finding a service, or one that says that none runs here."""
    if not is_supervised(settings.home):
        elsewhere = settings.database is not None
        yield Finding("services", "absent" if elsewhere else "broken", f"nothing runs in {settings.home}", "ioc up")
        return
    paths = {"door": (settings.door_port, "/v1/health"), "dashboard": (settings.port, "/health")}
    for name, service in read_state(settings.home).services.items():
        port, path = paths.get(name, (0, ""))
        silent = bool(path) and service.ready and not answers(port, path)
        yield _finding(name, service, f"{path} does not answer well" if silent else "")


def _finding(name: str, service: ServiceState, complaint: str) -> Finding:
    facts = {
        "address": service.address,
        "pid": service.pid,
        "ready": service.ready,
        "since": service.since,
        "restarts": service.restarts,
    }
    where = f"{service.address} " if service.address else ""
    again = f", started again {service.restarts} times" if service.restarts else ""
    if not service.ready or complaint:
        what = f"{where}is not ready{again}" if not complaint else f"{where}{complaint}"
        return Finding(name, "broken", what, f"read logs/{name}.log in the home", facts)
    return Finding(name, "ok", f"{where}ready since {service.since}{again}", facts=facts)
