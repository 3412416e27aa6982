"""The commands of `ioc`, one module a group."""
