"""`ioc dashboard serve`: loopback unless asked otherwise."""

from tests.servers.home import ioc

_SOMEWHERE = {"IOC_DATABASE_URL": "postgresql://127.0.0.1:1/none", "IOC_REDIS_URL": "redis://127.0.0.1:1/0"}
_OTHERS = "192.0.2.1"  # an address for documentation: no machine has it, so nothing is opened here


def test_an_address_that_others_reach_is_refused_without_the_flag() -> None:
    said = ioc("dashboard", "serve", "--host", _OTHERS, **_SOMEWHERE)
    assert said.returncode == 2
    assert "--open-to-network" in said.stderr


def test_with_the_flag_it_says_what_it_opens() -> None:
    said = ioc("dashboard", "serve", "--host", _OTHERS, "--port", "8059", "--open-to-network", **_SOMEWHERE)
    assert said.returncode == 1  # the address isn't ours
    assert f"{_OTHERS}:8059" in said.stderr
    assert "sees nothing without a session" in said.stderr
    assert said.stdout == ""


def test_a_house_that_stands_open_to_the_network_is_asked_for_by_name() -> None:
    open_house = ("--open-to-network", "--access", "open")
    said = ioc("dashboard", "serve", "--host", _OTHERS, "--port", "8059", *open_house, **_SOMEWHERE)
    assert said.returncode == 1
    assert "without a password" in said.stderr
