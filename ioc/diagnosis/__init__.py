"""What `ioc doctor` looks at, one module a theme; each answers findings."""
