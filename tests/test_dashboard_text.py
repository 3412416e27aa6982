"""All words stand in the text files, the same ones in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from dashboard.text import LANGUAGES, Language, language_named, words_in
from dashboard.wall.scenes import SCENES

HOUSE = Path(dashboard.__file__).parent
SCRIPTS = sorted((HOUSE / "assets" / "wall").rglob("*.js"))
PAST_SCRIPTS = sorted((HOUSE / "assets" / "wall" / "past").glob("*.js"))
TABLES = {"scenes", "past", *SCENES}
SCENE_SCRIPTS = sorted((HOUSE / "assets" / "wall" / "scenes").rglob("*.js"))
SENTENCE = re.compile(r"^[A-ZÀ-Ỹ][a-zà-ỹ]+( [\wà-ỹ]+)+")


def test_both_languages_have_the_same_keys_and_places() -> None:
    vi, en = (words_in(language).table for language in LANGUAGES)
    assert vi.keys() == en.keys()
    for key in vi:
        assert places(vi[key]) == places(en[key]), key
        assert vi[key].strip(), key
        assert en[key].strip(), key


def test_no_two_languages_were_left_untranslated() -> None:
    vi, en = (words_in(language).table for language in LANGUAGES)
    assert [key for key in vi if vi[key] == en[key] and not key.startswith("language.")] == []


@pytest.mark.parametrize(("asked", "answer"), [("vi", "vi"), ("en", "en"), (None, "vi"), ("fr", "vi"), ("EN", "vi")])
def test_an_unknown_language_is_vietnamese(asked: str | None, answer: Language) -> None:
    assert language_named(asked) == answer


@pytest.mark.parametrize("file", sorted(HOUSE.rglob("*.py")), ids=lambda file: str(file.relative_to(HOUSE)))
def test_no_word_that_a_person_reads_stands_in_python(file: Path) -> None:
    assert [text for text in python_literals(file) if is_readable(text)] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_word_that_a_person_reads_stands_in_a_script(script: Path) -> None:
    assert [text for text in script_literals(script) if is_readable(text)] == []


def test_scripts_and_text_files_agree_on_the_words_of_the_page() -> None:
    own = [script for script in SCRIPTS if script.parent.name not in TABLES]
    named = set(re.findall(r"(?<!scene\.)\bwords\.(\w+)", "\n".join(script.read_text() for script in own)))
    code = "\n".join(script.read_text() for script in SCRIPTS)
    dynamic = {"live", "late", "lost", "quiet", "waiting", "frozen"}  # states of freshness
    built = ("status.", "state.", "tally_")
    written = words_in("vi").under("page").keys()
    assert {key for key in named if not any(key in words_in("vi").under(table) for table in ("page", *SCENES))} == set()
    unused = {key for key in written - dynamic if not re.search(rf"\bwords\.{key}\b", code)}
    assert {key for key in unused if not key.startswith(built)} == set()
    assert [key for key in ("status.1", "status.10", "tally_received") if key not in written] == []


@pytest.mark.parametrize("script", SCENE_SCRIPTS, ids=lambda file: file.stem)
def test_a_scene_finds_the_words_that_its_script_names(script: Path) -> None:
    named = set(re.findall(r"\bwords\.(\w+)", script.read_text()))
    written = {key for table in ("page", *SCENES) for key in words_in("vi").under(table)}
    assert named <= written


@pytest.mark.parametrize("script", PAST_SCRIPTS, ids=lambda file: file.stem)
def test_the_time_machine_finds_the_words_that_its_scripts_name(script: Path) -> None:
    assert set(re.findall(r"\bwords\.(\w+)", script.read_text())) <= words_in("vi").under("past").keys()


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def is_readable(text: str) -> bool:
    """A sentence, a Vietnamese letter, or one of the very words of the text files."""
    words = {word.lower() for language in LANGUAGES for word in words_in(language).table.values() if " " in word}
    vietnamese = any(letter.isalpha() and not letter.isascii() for letter in text)
    return bool(vietnamese or SENTENCE.match(text.strip()) or text.strip().lower() in words)


def python_literals(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text())
    described = {
        id(body[0].value)
        for node in ast.walk(tree)
        if (body := getattr(node, "body", None)) and isinstance(body, list) and isinstance(body[0], ast.Expr)
    } | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


def script_literals(script: Path) -> Iterator[str]:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script.read_text(), flags=re.DOTALL)
    for found in re.finditer(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`', code):
        yield next(text for text in found.groups() if text is not None)
