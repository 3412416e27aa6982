"""Alerts as people see them: the page with its silences, and the words and addresses that messages use as well."""
