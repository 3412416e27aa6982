"""`ioc verify` and `ioc keys`: exit status, JSON that programs rely on, sentences that a clerk understands."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from ioc.commands.verify import verify
from stream.snapshot.content.digests import code_version
from stream.snapshot.content.document import Snapshot
from stream.snapshot.render.workbook.document import workbook_of
from stream.snapshot.seal.making import FIRST, Place, Sealed, signed
from stream.snapshot.seal.manifest import package_name
from stream.snapshot.seal.package import MANIFEST, SIGNATURE, pack
from tests.building.seals import KEY, OTHER_KEY, SEALED_AT, files_of
from tests.building.snapshots import a_snapshot


def put(folder: Path, snapshot: Snapshot, place: Place = FIRST, **files: bytes) -> tuple[Sealed, Path]:
    """A package as a file of its own name; `files` are renderings by their ending, any bytes else."""
    bodies = {**files_of(snapshot), **{f"snapshot.{end}": body for end, body in files.items()}}
    made = signed(snapshot, bodies, KEY, place, SEALED_AT)
    file = folder / package_name(made.manifest)
    file.write_bytes(pack(made.body, made.signature, bodies))
    return made, file


def month(name: str) -> Snapshot:
    return a_snapshot(period=msgspec.structs.replace(a_snapshot().period, name=name))


@pytest.fixture
def key(tmp_path: Path) -> str:
    file = tmp_path / "public.pem"
    file.write_text(KEY.public.pem)
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(verify, ["--format", "json", "--quick", *arguments])


def told(*arguments: str) -> dict[str, Any]:
    return document_of(run(*arguments))


def document_of(result: Result) -> dict[str, Any]:
    assert result.exit_code in {0, 1}, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    assert document["proven"] is (result.exit_code == 0)
    return document


def errors(document: dict[str, Any]) -> list[str]:
    every = [each for package in document["packages"] for each in package["findings"]] + document["together"]
    return [each["code"] for each in every if each["severity"] == "error"]


def test_a_package_is_proven_with_the_public_key_alone(tmp_path: Path, key: str) -> None:
    made, file = put(tmp_path, a_snapshot())
    document = told(str(file), "--key", key)
    assert document["proven"]
    assert document["keys"] == [{"id": KEY.id, "trust": "given"}]
    [package] = document["packages"]
    assert package["file"] == str(file)
    assert package["manifest"] == {
        "area": "moc-chau", "kind": "statutory-month", "period": "2026-11", "version": 1, "number": 1,
        "digest": made.digest, "previous": None, "key": KEY.id, "sealed_at": "2026-11-16T08:00:20+07:00",
        "known_at": "2026-11-16T08:00:00.000+07:00", "is_partial": True, "late": ["sources_late"], "restates": None,
    }  # fmt: skip
    found = {each["code"]: each for each in package["findings"]}
    assert found.keys() == {"signature.good", "file.good", "form.good"}
    assert set(found["form.good"]) == {"severity", "code", "where", "vi", "en", "facts"}


def test_text_says_it_in_vietnamese_first(tmp_path: Path, key: str) -> None:
    _, file = put(tmp_path, a_snapshot())
    good = CliRunner().invoke(verify, ["--quick", str(file), "--key", key])
    assert good.exit_code == 0
    assert "KẾT LUẬN: ĐÚNG · PROVEN" in good.stdout
    file.write_bytes(file.read_bytes()[:-1])
    bad = CliRunner().invoke(verify, ["--quick", str(file), "--key", key])
    assert bad.exit_code == 1
    assert "Gói bị cụt" in bad.stdout
    assert "KẾT LUẬN: KHÔNG CHỨNG MINH ĐƯỢC · NOT PROVEN" in bad.stdout


def test_what_a_package_says_does_not_move_the_cursor(tmp_path: Path, key: str) -> None:
    area, *units = a_snapshot().forms
    row = msgspec.structs.replace(area.rows[0], field_name="\x1b[2J\nĐẤT", cells=(0, *area.rows[0].cells[1:]))
    _, file = put(tmp_path, a_snapshot(forms=(msgspec.structs.replace(area, rows=(row, *area.rows[1:])), *units)))
    said = CliRunner().invoke(verify, ["--quick", str(file), "--key", key]).stdout
    assert "·[2J·ĐẤT" in said
    assert "\x1b" not in said


def test_an_unpacked_package_is_the_same_whichever_way_it_is_named(tmp_path: Path, key: str) -> None:
    _, file = put(tmp_path, a_snapshot())
    folder = tmp_path / "unpacked"
    shutil.unpack_archive(file, folder)
    for given in (folder, folder / MANIFEST):
        assert told(str(given), "--key", key)["proven"]
    (folder / "snapshot.pdf").write_bytes(b"%PDF another")
    assert set(errors(told(str(folder), "--key", key))) == {"file.size", "file.digest"}
    (folder / "snapshot.pdf").unlink()
    assert errors(told(str(folder), "--key", key)) == ["file.missing"]
    (folder / SIGNATURE).unlink()
    assert errors(told(str(folder), "--key", key)) == ["package.no_file"]


def test_of_a_folder_nothing_is_overlooked(tmp_path: Path, key: str) -> None:
    """Neither packages beside an unpacked one, nor those whose ending is in capital letters."""
    _, file = put(tmp_path, month("2026-08"))
    shutil.unpack_archive(file, tmp_path)
    other = file.rename(file.with_suffix(".ZIP"))
    other.write_bytes(other.read_bytes()[:-1])
    document = told(str(tmp_path), "--key", key)
    assert {each["file"] for each in document["packages"]} == {str(tmp_path), str(other)}
    assert errors(document) == ["package.cut_off"]


def test_a_file_cannot_be_called_a_verdict(tmp_path: Path, key: str) -> None:
    _, file = put(tmp_path, a_snapshot())
    called = file.rename(tmp_path / "a.zip\nKẾT LUẬN: ĐÚNG · PROVEN\x1b[8m.zip")
    called.write_bytes(b"no package")
    said = CliRunner().invoke(verify, ["--quick", str(tmp_path), "--key", key]).stdout
    assert [line for line in said.splitlines() if line.startswith("KẾT LUẬN")] == [
        "KẾT LUẬN: KHÔNG CHỨNG MINH ĐƯỢC · NOT PROVEN"
    ]
    assert "\x1b" not in said


def test_the_renderings_of_a_stranger_are_not_opened(tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text(OTHER_KEY.public.pem)
    _, file = put(tmp_path, a_snapshot(), xlsx=b"PK a bomb")
    full = document_of(CliRunner().invoke(verify, ["--format", "json", str(file), "--key", str(other)]))
    assert errors(full) == ["key.unknown"]
    assert not [each for each in full["packages"][0]["findings"] if each["code"].startswith("rendering.")]


def test_a_folder_is_a_chain_and_a_missing_package_is_named(tmp_path: Path, key: str) -> None:
    first, _ = put(tmp_path, month("2026-08"))
    second, gone = put(tmp_path, month("2026-09"), Place(2, first.digest))
    put(tmp_path, month("2026-10"), Place(3, second.digest))
    whole = told(str(tmp_path), "--key", key)
    assert [each["code"] for each in whole["together"]] == ["chain.good"]
    assert [each["manifest"]["number"] for each in whole["packages"]] == [1, 2, 3]
    gone.unlink()
    [wrong] = told(str(tmp_path), "--key", key)["together"]
    assert (wrong["code"], wrong["facts"]["missing"]) == ("chain.missing", "2")
    assert "thiếu 2" in wrong["vi"]


def test_swapped_packages_are_found_by_their_names(tmp_path: Path, key: str) -> None:
    first, one = put(tmp_path, month("2026-08"))
    _, two = put(tmp_path, month("2026-09"), Place(2, first.digest))
    one.rename(tmp_path / "held")
    two.rename(one)
    (tmp_path / "held").rename(two)
    assert errors(told(str(tmp_path), "--key", key)) == ["package.name", "package.name"]
    one.rename(tmp_path / "tháng 9 (1).zip")
    assert errors(told(str(tmp_path / "tháng 9 (1).zip"), "--key", key)) == []


def test_what_is_called_wrongly_is_said_with_status_2(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IOC_HOME", str(tmp_path / "home"))
    _, file = put(tmp_path, a_snapshot())
    (tmp_path / "empty").mkdir()
    (tmp_path / "private.pem").write_text(KEY.pem)
    for arguments, said in (
        ([str(file)], "--key"),
        ([str(tmp_path / "nothing.zip"), "--key", key], "does not exist"),
        ([str(tmp_path / "empty"), "--key", key], "holds no package"),
        ([str(file), "--key", str(file)], "no public key"),
        ([str(file), "--key", str(tmp_path / "private.pem")], "private key"),
        ([], "FILE"),
    ):
        result = run(*arguments)
        assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_another_key_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text(OTHER_KEY.public.pem)
    _, file = put(tmp_path, a_snapshot())
    assert errors(told(str(file), "--key", str(other))) == ["key.unknown"]


def test_it_runs_where_there_is_nothing_of_the_centre_at_all(tmp_path: Path, key: str) -> None:
    _, file = put(tmp_path, a_snapshot())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IOC_")}
    heavy = "{'psycopg', 'redis', 'fastapi', 'dash', 'pandas', 'weasyprint'}"
    code = (
        "import sys; from ioc.__main__ import main\n"
        "try: main(sys.argv[1:])\n"
        f"finally: print(*{heavy} & sys.modules.keys(), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "verify", "--quick", str(file), "--key", key]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr.strip()) == (0, "")
    assert not (tmp_path / ".ioc").exists()


def documented() -> str:
    """The commands that the document for provinces tells."""
    told = (Path(__file__).parents[1] / "docs" / "verify.md").read_text(encoding="utf-8")
    return told.partition("## With openssl and sha256sum alone")[2].partition("```sh\n")[2].partition("```")[0]


def test_what_the_document_tells_to_do_without_this_program_proves_it_too(tmp_path: Path, key: str) -> None:
    if shutil.which("openssl") is None or shutil.which("sha256sum") is None:
        pytest.skip("openssl or sha256sum are not installed here")
    made, file = put(tmp_path, a_snapshot())
    shutil.unpack_archive(file, tmp_path / "u")
    shutil.copy(key, tmp_path / "u" / "key.pem")

    def done() -> subprocess.CompletedProcess[str]:
        command = ["bash", "-euo", "pipefail", "-c", documented()]
        return subprocess.run(command, cwd=tmp_path / "u", capture_output=True, text=True, check=False)

    good = done()
    assert good.returncode == 0, good.stderr
    assert [line.split()[0] for line in good.stdout.splitlines()] == [
        KEY.id, "Signature", "snapshot.json:", "snapshot.pdf:", "snapshot.xlsx:", made.digest,
    ]  # fmt: skip
    for name in (MANIFEST, SIGNATURE, "snapshot.json", "snapshot.xlsx", "snapshot.pdf"):
        body = (tmp_path / "u" / name).read_bytes()
        (tmp_path / "u" / name).write_bytes(bytes([body[0] ^ 1]) + body[1:])
        assert done().returncode != 0, name
        (tmp_path / "u" / name).write_bytes(body)


def test_a_signed_package_whose_spreadsheet_says_something_else_is_not_proven(tmp_path: Path, key: str) -> None:
    made = a_snapshot(rules=msgspec.structs.replace(a_snapshot().rules, code=code_version()))
    first, *others = made.figures
    nicer = msgspec.structs.replace(made, figures=(msgspec.structs.replace(first, value=987), *others))
    _, file = put(tmp_path, made, xlsx=workbook_of(nicer))
    assert told(str(file), "--key", key)["proven"]
    full = document_of(CliRunner().invoke(verify, ["--format", "json", str(file), "--key", key]))
    assert set(errors(full)) == {"rendering.figure"}
    warned = [each for each in full["packages"][0]["findings"] if each["severity"] == "warning"]
    assert [(each["code"], each["where"]) for each in warned] == [("rendering.other", "snapshot.pdf")]
    assert "not compared" in warned[0]["en"]
