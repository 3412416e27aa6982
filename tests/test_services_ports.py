"""Ports: the one asked for if it is free, else the next."""

import socket

import pytest

from ioc.errors import ServiceError
from ioc.services.ports import free_port_from, is_free
from tests.servers.processes import free_port


def test_a_port_that_someone_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        assert free_port_from(port) > port
    assert is_free(port)


def test_a_port_that_was_promised_to_another_is_passed_over() -> None:
    port = free_port()
    assert free_port_from(port, {port, port + 1}) > port + 1


def test_no_free_port_is_a_sentence() -> None:
    with pytest.raises(ServiceError, match="no free port from 65536"):
        free_port_from(65536)
