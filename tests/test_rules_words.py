"""The words of a register's heads and cells: each means one thing, and the documentation has them all."""

from itertools import chain
from pathlib import Path

import pytest

from ingest.contracts.rules import Procedure
from ingest.rules.columns import plain, vocabulary

PAGE = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_every_field_of_a_procedure_has_a_column_and_every_column_a_field() -> None:
    assert set(vocabulary().heads) == set(Procedure.__struct_fields__)


def test_no_head_means_two_columns() -> None:
    heads = [plain(head) for head in chain.from_iterable(vocabulary().heads.values())]
    assert sorted(heads) == sorted(set(heads))


def test_the_first_head_is_the_programs_own() -> None:
    assert all(heads[0] == key for key, heads in vocabulary().heads.items())


@pytest.mark.parametrize("key", vocabulary().heads)
def test_the_page_about_rules_names_every_head(key: str) -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{key}` |")]
    assert all(head in line for head in vocabulary().heads[key])


def test_accents_case_and_punctuation_make_no_difference() -> None:
    assert plain("Mã Thủ_tục ") == plain("ma thu tuc") == "mathutuc"
    assert plain("ĐƠN VỊ") == "donvi"
