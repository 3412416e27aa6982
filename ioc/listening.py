"""Listening beyond this machine is asked for, never a default."""

import ipaddress

import click


def check_open(host: str, warning: str, *, open_to_network: bool) -> None:
    """Let loopback pass; refuse any other address without the flag, and say with it what is opened.

    Raises `click.UsageError`.
    """
    if is_loopback(host):
        return
    if not open_to_network:
        raise click.UsageError(f"--host {host} can be reached by others: add --open-to-network if that is meant")
    click.echo(warning, err=True)


def is_loopback(host: str) -> bool:
    """Whether only programs of this machine reach that address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
