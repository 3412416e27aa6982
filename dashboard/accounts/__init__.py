"""People (người dùng) who sign in: their accounts, passwords, sessions, and the record of who did what.

What each may see and do is `dashboard.access.people`; which address needs what is `dashboard.access.routes`.
"""
