"""Real servers, started by the tests, one module each."""
