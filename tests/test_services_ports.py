"""Ports: the one asked for if it is free, else the next; never the same one to two homes."""

import socket

import pytest

from ioc.errors import ServiceError
from ioc.services.ports import Ports, is_free
from tests.servers.processes import free_port


def test_a_port_that_someone_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, Ports() as ports:
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert ports.take_from(port) > port
    assert is_free(port)


def test_a_port_that_was_promised_is_not_promised_again_while_nobody_listens_yet() -> None:
    port = free_port()
    with Ports() as one:
        first = one.take_from(port)
        with Ports() as other:
            assert other.take_from(first) > first
            assert one.take_from(first) > first
    with Ports() as later:
        assert later.take_from(first) == first


def test_no_free_port_is_a_sentence() -> None:
    with Ports() as ports, pytest.raises(ServiceError, match="no free port from 65536"):
        ports.take_from(65536)
