"""What can go wrong with accounts; each says which word the page has for it."""


class AccountError(Exception):
    """Something about an account can't be as asked. `reason` names it; nothing was done."""

    retriable = False
    reason = "not_understood"


class LoginTakenError(AccountError):
    """The login, or what the provider says of this person, belongs to another account."""

    reason = "login_taken"

    def __init__(self) -> None:
        super().__init__("this login, or this claim, belongs to another account")


class NoSuchAccountError(AccountError):
    """No account has this login."""

    reason = "no_such_account"

    def __init__(self, login: str) -> None:
        super().__init__(f"no account has the login {login}")


class LastAdministratorError(AccountError):
    """Nobody would be left to let others in."""

    reason = "last_administrator"

    def __init__(self) -> None:
        super().__init__("the last administrator stays one: make another one first")


class NoSuchPlaceError(AccountError):
    """A scope names a unit or an area that was none on that day."""

    reason = "no_such_place"

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is neither a unit nor an area of the district on that day")


class WeakPasswordError(AccountError):
    """A password that would be guessed."""

    reason = "weak_password"

    def __init__(self, why: str) -> None:
        super().__init__(why)


class ReservedLoginError(AccountError):
    """The login means something else here."""

    reason = "login_reserved"

    def __init__(self, login: str) -> None:
        super().__init__(f"{login} is no login: the word means something else here")
