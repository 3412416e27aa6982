"""Redis: does it answer."""

from ioc.diagnosis.finding import Finding
from ioc.sentence import sentence
from ioc.settings import Settings
from ioc.wiring import open_redis


def look_at_redis(settings: Settings) -> Finding:
    """Whether it answers, and its version."""
    if settings.redis is None:
        return Finding("redis", "broken", "nobody says where it is", "start `ioc up` or set IOC_REDIS_URL")
    from redis import RedisError

    try:
        with open_redis(settings) as client:
            server = client.info("server")
    except RedisError as error:
        return Finding("redis", "broken", sentence(error), "start it, or correct IOC_REDIS_URL")
    name = "valkey" if "valkey_version" in server else "redis"
    version = server.get("valkey_version") or server["redis_version"]
    return Finding("redis", "ok", f"{name} {version}", facts={"server": name, "version": version})
