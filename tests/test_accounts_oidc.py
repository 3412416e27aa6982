"""Signing in by a provider of identities: a real one, which runs beside the centre."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import psycopg
import pytest
from joserfc.jwk import RSAKey
from starlette.requests import Request

from dashboard.access.entry import OidcFacts
from dashboard.accounts.facts import Change, NewAccount
from dashboard.accounts.oidc import Identity, Provider, ProviderAwayError, ProviderError
from dashboard.accounts.store import add_account, change_account, find_account
from ioc.services.postgres import EmbeddedPostgres
from ioc.services.valkey import EmbeddedValkey
from tests.building.televisions import NAVIGATION
from tests.servers.identities import CLIENT, SECRET, Identities, identities
from tests.servers.wall import Wall, make_district


@pytest.fixture(scope="module")
def house(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Wall, Identities]]:
    """A closed centre, and the provider that it sends people to."""
    folder = tmp_path_factory.mktemp("oidc")
    wall = Wall(folder, make_district(postgres), valkey.url, options=("--access", "enrolled"))
    with identities(f"{wall.url}/sign-in/oidc/back", folder) as provider, pytest.MonkeyPatch.context() as environment:
        for name, value in provider.settings().items():
            environment.setenv(name, value)
        wall.start()
        yield wall, provider
        wall.stop()


@contextmanager
def browser(wall: Wall) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=wall.url, headers={"origin": wall.url}, timeout=20) as made:
        yield made


def expected(wall: Wall, claim: str) -> str:
    """The login of a new account that an administrator prepared for whom the provider calls so."""
    login = f"o{uuid4().hex[:10]}"
    with psycopg.connect(wall.database, autocommit=True) as connection:
        add_account(connection, NewAccount(login, "Hoa", "operator", None, claim), None, "tests", datetime.now(UTC))
    return login


def led_back(here: httpx.Client, provider: Identities, name: str, to: str = "/data/?lang=en") -> str:
    """Go to the provider and sign in there; answers the address that it leads back to."""
    going = here.post("/sign-in/oidc", json={"to": to})
    assert going.status_code == 200, going.text
    with httpx.Client(timeout=20) as there:
        return provider.signed(there, going.json()["to"], name)


def me(here: httpx.Client) -> Any:
    return here.get("/sign-in/me").json()["person"]


def test_whom_an_administrator_expected_gets_in_and_is_known_from_then_on(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    name = f"hoa.{uuid4().hex[:8]}"
    login = expected(wall, name)
    for _ in range(2):
        with browser(wall) as here:
            came = here.get(led_back(here, provider, name), headers=NAVIGATION)
            assert (came.status_code, came.headers["location"]) == (303, "/data/?lang=en")
            assert me(here)["login"] == login
            assert here.get("/data/state").status_code == 200
    with psycopg.connect(wall.database, autocommit=True) as connection:
        account = find_account(connection, login, datetime.now(UTC))
        noted = connection.execute("select facts from dashboard.audit where who = %s order by id", [login]).fetchall()
    assert (account.has_oidc, account.oidc_claim) == (True, None)
    assert [facts.get("first") for (facts,) in noted] == [True, None]


def test_who_has_no_account_gets_nowhere(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    with browser(wall) as here:
        came = here.get(led_back(here, provider, "stranger"), headers=NAVIGATION)
        assert came.headers["location"] == "/sign-in/?provider=no_account"
        assert "ioc_session" not in here.cookies
        assert me(here) is None


def test_somebody_else_of_the_same_name_is_not_let_in(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    name = f"minh.{uuid4().hex[:8]}"
    login = expected(wall, name)
    with psycopg.connect(wall.database, autocommit=True) as connection:  # it was seen, as another subject
        connection.execute("update dashboard.account set oidc_claim = null, oidc_issuer = %s, oidc_subject = 'other'"
            " where login = %s", [provider.issuer, login])  # fmt: skip
    with browser(wall) as here:
        assert "no_account" in here.get(led_back(here, provider, name)).headers["location"]


def test_a_disabled_account_is_none(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    name = f"tam.{uuid4().hex[:8]}"
    login = expected(wall, name)
    with psycopg.connect(wall.database, autocommit=True) as connection:
        change_account(connection, login, Change(disabled=True), "tests", datetime.now(UTC))
    with browser(wall) as here:
        assert "no_account" in here.get(led_back(here, provider, name)).headers["location"]


def test_what_another_browser_began_is_not_ended_here(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    name = f"ba.{uuid4().hex[:8]}"
    expected(wall, name)
    with browser(wall) as here, browser(wall) as other:
        back = led_back(here, provider, name)
        assert other.get(back).headers["location"] == "/sign-in/?provider=expired"
        led_back(other, provider, name)  # it has begun one of its own, with another state
        assert other.get(back).headers["location"] == "/sign-in/?provider=refused"
        assert me(other) is None
        assert here.get(back).headers["location"] == "/data/?lang=en"
        here.cookies.delete("ioc_session")
        assert here.get(back).status_code == 303
        assert me(here) is None  # a code is good once


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/.//x.y", "x"]
)
def test_signing_in_leads_to_no_other_house(house: tuple[Wall, Identities], to: str) -> None:
    wall, provider = house
    name = f"tu.{uuid4().hex[:8]}"
    expected(wall, name)
    with browser(wall) as here:
        assert here.get(led_back(here, provider, name, to)).headers["location"] == "/"


def test_the_page_names_the_provider(house: tuple[Wall, Identities]) -> None:
    wall, _ = house
    assert "Đăng nhập bằng Định danh tỉnh" in httpx.get(f"{wall.url}/sign-in/").text
    foreign = httpx.post(f"{wall.url}/sign-in/oidc", json={"to": "/"}, headers={"origin": "https://elsewhere.example"})
    assert foreign.status_code == 403


def facts_of(provider: Identities) -> OidcFacts:
    return OidcFacts(provider.issuer, CLIENT, SECRET)


def come_back(provider: Identities, wall: Wall, facts: OidcFacts, instead: dict[str, Any]) -> Identity:
    """All the way as the library goes it, with something else kept meanwhile."""

    async def way() -> Identity:
        ours = Provider(facts)
        to, session = await ours.begin(f"{wall.url}/sign-in/oidc/back")
        asked = parse_qs(urlsplit(to).query)
        assert (asked["code_challenge_method"], len(asked["nonce"]), len(asked["state"])) == (["S256"], 1, 1)
        with httpx.Client(timeout=20) as there:
            back = await asyncio.to_thread(provider.signed, there, to, "hoa")
        kept = {key: {**value, "data": {**value["data"], **instead}} for key, value in session.items()}
        request = Request({"type": "http", "method": "GET", "path": "/", "headers": [],
            "query_string": urlsplit(back).query.encode()})  # fmt: skip
        return await ours.identity(request, kept)

    return asyncio.run(way())


def test_who_comes_back_is_who_the_provider_says(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    found = come_back(provider, wall, facts_of(provider), {})
    assert (found.issuer, found.claim) == (provider.issuer, "hoa")
    assert found.subject != ""


@pytest.mark.parametrize("instead", [{"nonce": "another"}, {"code_verifier": "x" * 48}])
def test_an_answer_to_another_question_is_not_believed(
    house: tuple[Wall, Identities], instead: dict[str, Any]
) -> None:  # fmt: skip
    wall, provider = house
    with pytest.raises(ProviderError):
        come_back(provider, wall, facts_of(provider), instead)


def test_a_token_that_another_key_signed_is_not_believed(
    house: tuple[Wall, Identities], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    wall, provider = house
    keys = httpx.get(f"{provider.issuer}/jwks").json()["keys"]
    [signing] = [key for key in keys if key["kty"] == "RSA"]
    forged = {**signing, "n": RSAKey.generate_key(2048).as_dict(private=False)["n"]}  # under the same name

    async def with_another_key(self: Provider, back: str) -> tuple[str, Any]:
        begun = await begin(self, back)
        self._client.server_metadata["jwks"] = {"keys": [forged]}
        return begun

    begin = Provider.begin
    monkeypatch.setattr(Provider, "begin", with_another_key)
    with pytest.raises(ProviderError, match="BadSignature"):
        come_back(provider, wall, facts_of(provider), {})


def test_an_address_that_was_not_verified_is_no_claim(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    assert come_back(provider, wall, replace(facts_of(provider), claim="email"), {}).claim is None


def test_a_wrong_secret_or_a_provider_that_is_away_lets_nobody_in(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    with pytest.raises(ProviderError):
        come_back(provider, wall, replace(facts_of(provider), client_secret="wrong"), {})
    with pytest.raises(ProviderAwayError):
        asyncio.run(Provider(OidcFacts("http://127.0.0.1:1", CLIENT, SECRET)).begin(wall.url))


def test_another_issuer_than_the_one_named_is_not_believed(house: tuple[Wall, Identities]) -> None:
    wall, provider = house
    with pytest.raises(ProviderError):
        come_back(provider, wall, replace(facts_of(provider), issuer=f"{provider.issuer}/"), {})
