"""What the receiver of a province takes, and what it answers: checked, chained, once, to the byte."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import httpx
import pytest

from stream.snapshot.seal.keys import SigningKey
from stream.snapshot.seal.making import FIRST, Place
from stream.snapshot.seal.manifest import digest_of
from stream.snapshot.seal.package import Package, unpack
from tests.building.deliveries import NOW, a_day, chain_of
from tests.building.seals import OTHER_KEY, packed, sealed
from tests.servers.receiver import NAME, Province, a_province


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    with a_province(tmp_path_factory.mktemp("province")).started() as found:
        yield found


def key_of(number: int, kind: str) -> str:
    return f"tinh/{kind}/2026-03-{number + 1:02}/1"


def sent(province: Province, kind: str, *numbers: int) -> list[httpx.Response]:
    chain = chain_of(max(numbers), kind)
    return [province.post(chain[number - 1], key_of(number, kind)) for number in numbers]


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_package_is_kept_with_a_receipt_that_names_it_and_is_signed(province: Province) -> None:
    [package] = chain_of(1, "kept")
    answer = province.post(package, key_of(1, "kept"))
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/json")
    receipt = answer.json()
    del receipt["received_at"]
    assert receipt == {
        "format": "vn.ioc.receipt/1", "digest": digest_of(unpack(package).manifest), "area": "moc-chau",
        "kind": "kept", "period": "2026-03-02", "version": 1, "number": 1, "receiver": NAME, "findings": [],
    }  # fmt: skip
    signature = base64.b64decode(answer.headers["receipt-signature"])
    assert province.receipt_key.public.verifies(answer.content, signature)
    folder = province.archive / "moc-chau" / "kept" / "2026-03-02" / "v1"
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {
        "moc-chau-kept-2026-03-02-v1.zip": package,
        "receipt.json": answer.content,
        "receipt.sig": answer.headers["receipt-signature"].encode(),
    }


def test_the_same_again_is_answered_with_the_very_same_receipt(province: Province) -> None:
    first, again = sent(province, "again", 1, 1)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.content, first.headers["receipt-signature"]) == (again.content, again.headers["receipt-signature"])


def test_many_at_once_of_the_same_are_kept_once(province: Province) -> None:
    [package] = chain_of(1, "crowd")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: province.post(package, key_of(1, "crowd")), range(12)))
    assert sorted(each.status_code for each in answers) == [200] * 11 + [201]
    assert len({each.content for each in answers}) == 1


def test_another_package_of_that_name_is_refused(province: Province) -> None:
    sent(province, "other", 1)
    changed = packed(sealed(a_day(1, "other", area="moc-chau", due_at="2026-11-16T09:00:00+07:00"))[1])
    assert code_of(province.post(changed, key_of(1, "other"))) == (409, "other_name")


def test_one_whose_predecessor_never_came_is_taken_and_its_receipt_says_so(province: Province) -> None:
    first, third = sent(province, "gap", 1, 3)
    assert (first.json()["findings"], third.json()["findings"]) == ([], ["missing_link"])
    [second] = sent(province, "gap", 2)
    assert (second.status_code, second.json()["findings"]) == (201, [])


def test_a_second_history_is_refused_wherever_it_parts_from_the_first(province: Province) -> None:
    sent(province, "fork", 1, 2, 4)
    elsewhere = "0" * 64

    def other(number: int, place: Place) -> httpx.Response:
        package = packed(sealed(a_day(number, "fork"), place=place, sealed_at=NOW)[1])
        return province.post(package, key_of(number, "fork"))

    assert code_of(other(7, Place(2, elsewhere))) == (409, "other_number")
    assert code_of(other(3, Place(3, elsewhere))) == (409, "other_link")
    second = digest_of(unpack(chain_of(2, "fork")[1]).manifest)
    assert code_of(other(9, Place(3, second))) == (409, "other_link")  # the fourth follows another one than this
    assert sent(province, "fork", 3)[0].status_code == 201


def test_each_area_has_a_chain_of_its_own(province: Province) -> None:
    sent(province, "areas", 1)
    other = packed(sealed(a_day(1, "areas", area="bac-yen"), place=FIRST, sealed_at=NOW)[1])
    assert province.post(other, key_of(1, "areas")).status_code == 201


def test_a_seal_of_a_key_that_nobody_knows_is_refused_for_now_with_what_was_found(province: Province) -> None:
    unknown = packed(sealed(a_day(1, "unknown"), key=OTHER_KEY, sealed_at=NOW)[1])
    answer = province.post(unknown, key_of(1, "unknown"))
    assert code_of(answer) == (403, "key_unknown")
    [finding] = answer.json()["findings"]
    assert finding["code"] == "key.unknown"
    assert finding["text"].keys() == {"vi", "en"}


def test_a_key_that_is_added_while_it_runs_counts_at_once(province: Province) -> None:
    new = SigningKey.generate()
    package = packed(sealed(a_day(1, "rotated"), key=new, sealed_at=NOW)[1])
    before = (province.folder / "sealer.pem").read_text()
    assert province.post(package, key_of(1, "rotated")).status_code == 403
    (province.folder / "sealer.pem").write_text(new.public.pem)
    assert province.post(package, key_of(1, "rotated")).status_code == 201
    (province.folder / "sealer.pem").write_text("no key")  # a file with a mistake changes nothing
    again = packed(sealed(a_day(1, "rotated-2"), key=new, sealed_at=NOW)[1])
    assert province.post(again, key_of(1, "rotated-2")).status_code == 201
    (province.folder / "sealer.pem").write_text(before)


def test_what_was_changed_on_its_way_is_refused(province: Province) -> None:
    made, package = sealed(a_day(1, "changed"), place=FIRST, sealed_at=NOW)
    figures = {**package.files, "snapshot.pdf": b"%PDF of something else"}
    swapped = packed(Package(made.body, made.signature, figures))
    answer = province.post(swapped, key_of(1, "changed"))
    assert code_of(answer) == (422, "not_proven")
    assert {each["code"] for each in answer.json()["findings"]} >= {"file.digest"}
    assert code_of(province.post(b"PK no package", key_of(1, "changed"))) == (422, "no_package")
    assert code_of(province.post(packed(package)[:-9], key_of(1, "changed"))) == (422, "no_package")


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Idempotency-Key": ""}, (400, "no_key")),
        ({"Idempotency-Key": "tinh/headers/2026-03-09/1"}, (400, "key_of_another")),
        ({"Content-Type": "text/plain"}, (415, "no_zip")),
        ({"Repr-Digest": f"sha-256=:{base64.b64encode(sha256(b'other').digest()).decode()}:"}, (400, "other_digest")),
        ({"Authorization": "Bearer wrong"}, (401, "no_token")),
        ({"Authorization": ""}, (401, "no_token")),
    ],
)
def test_a_request_that_is_not_as_agreed_is_refused(
    province: Province, headers: dict[str, str], told: tuple[int, str]
) -> None:
    [package] = chain_of(1, "headers")
    assert code_of(province.post(package, key_of(1, "headers"), **headers)) == told
    assert province.receipts("headers") == {}


def test_what_is_too_large_is_refused_with_and_without_a_length(province: Province) -> None:
    body = b"\0" * (64 * 1024 * 1024 + 1)
    assert code_of(province.post(body, "a/b/2026/1")) == (413, "too_large")
    with province.client() as client:
        headers = {"Idempotency-Key": "a/b/2026/1", "Content-Type": "application/zip"}
        answer = client.post(province.url, content=iter([body]), headers=headers)
    assert code_of(answer) == (413, "too_large")
    assert list((province.archive / ".incoming").iterdir()) == []


def test_what_is_here_is_listed_and_given_out(province: Province) -> None:
    chain = chain_of(2, "shown")
    sent(province, "shown", 1, 2)
    listed = province.get("?kind=shown").json()
    assert [(each["number"], each["period"]) for each in listed["snapshots"]] == [(2, "2026-03-03"), (1, "2026-03-02")]
    assert listed["snapshots"][1]["digest"] == listed["snapshots"][0]["previous"]
    assert province.get("/moc-chau/shown/2026-03-03/1/package").content == chain[1]
    said = province.get("/moc-chau/shown/2026-03-03/v1/snapshot.json").content
    assert said == unpack(chain[1]).files["snapshot.json"]
    one = province.get("/moc-chau/shown/2026-03-03/1").json()
    assert one["receipt"].encode() == province.get("/moc-chau/shown/2026-03-03/1/receipt.json").content
    assert province.get("/..%2F..%2Fhome/shown/2026-03-03/1").status_code == 404
    assert code_of(province.get("/moc-chau/shown/2026-03-03/1/secrets")) == (404, "no_file")
    assert code_of(province.get("/moc-chau/shown/2026-03-03/2")) == (404, "not_here")


def test_nothing_is_shown_without_a_token_but_that_it_is_there(province: Province) -> None:
    with province.client(token="none") as client:
        assert client.get(province.url).status_code == 401
        assert client.get(f"{province.url}/moc-chau/kept/2026-03-02/1/package").status_code == 401
        assert client.get(province.url.replace("/v1/snapshots", "/health")).json()["status"] == "ok"
