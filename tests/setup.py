"""Install what the tests need besides Python packages."""
