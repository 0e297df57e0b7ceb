"""What is read from a page."""

import pytest

from archlint.finding import Severity
from archlint.pages import Expectation, PageError, page, parse
from archlint.registry import load

PAGE = """Imports upwards
    from a lower layer.

    Told apart by name.

    ## Why is this bad?

    It is. See:

    ```text
    ## not a heading
    ```

    ## Bad: relative

    ```toml
    [layers]
    web = ["web/**"]
    ```

    `domain/orders.py`:

    ```python
    import os
    from web import a  # error: [layers/up] "may not" # note: [archlint/other] "also"

    x = 1
    ```

    `README.md`:

    ````markdown
    ```python
    ```
    ````

    ## Good

    ```python
    x = 1
    ```
    """


def test_the_parts_of_a_page() -> None:
    found = parse(PAGE, "layers/up")
    assert found.summary == "Imports upwards from a lower layer."
    assert found.introduction == "Told apart by name."
    assert [section.title for section in found.sections] == ["Why is this bad?", "Bad: relative", "Good"]
    assert found.sections[0].text == "It is. See:\n\n```text\n## not a heading\n```"
    assert found.text.startswith("Imports upwards\nfrom a lower layer.\n\nTold")


def test_an_example_is_a_tree_of_files_without_the_expectations() -> None:
    bad, good = parse(PAGE, "layers/up").examples
    assert bad.files == {
        "archlint.toml": '[layers]\nweb = ["web/**"]\n',
        "domain/orders.py": "import os\nfrom web import a\n\nx = 1\n",
        "README.md": "```python\n```\n",
    }
    assert good.files == {"example.py": "x = 1\n"}
    assert (bad.is_bad, good.is_bad) == (True, False)
    assert (str(bad), str(good)) == ("layers/up Bad: relative", "layers/up Good")


def test_several_expectations_on_a_line() -> None:
    bad, good = parse(PAGE, "layers/up").examples
    assert bad.expectations == (
        Expectation("domain/orders.py", 2, Severity.ERROR, "layers/up", "may not"),
        Expectation("domain/orders.py", 2, Severity.NOTE, "archlint/other", "also"),
    )
    assert good.expectations == ()


def test_a_file_may_be_empty_and_its_name_is_used_once() -> None:
    (example,) = parse("# T\n\n## Bad\n\n`a.py`:\n\n```python\n```\n\n```python\ny\n```", "a/b").examples
    assert example.files == {"a.py": "", "example.py": "y\n"}


def test_a_name_that_is_not_right_before_a_block_names_nothing() -> None:
    (example,) = parse("T\n\n## Bad\n\n`a.py`:\n\nis long.\n\n```python\ny\n```", "a/b").examples
    assert example.files == {"example.py": "y\n"}


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (
            "```python\n```\n```python\n```",
            "two blocks of section `Bad` are the file `example.py`; name them",
        ),
        ("`../a.py`:\n```python\n```", "`../a.py` in section `Bad` lies outside the example"),
        ("`/a.py`:\n```python\n```", "`/a.py` in section `Bad` lies outside the example"),
        ("```python\nx  # error: a/b\n```", 'write an expectation as `# error: [pack/rule] "message"`'),
        ('```python\nx  # error: [a/b] "c" # error: oops\n```', "write an expectation"),
    ],
)
def test_a_malformed_example_is_an_error(block: str, problem: str) -> None:
    with pytest.raises(PageError) as caught:
        parse(f"T\n\n## Bad\n\n{block}", "a/b")
    assert str(caught.value).startswith("a/b: ")
    assert problem in str(caught.value)


def test_the_page_of_a_rule_is_the_docstring_of_its_module() -> None:
    rule = load(only=["archlint"]).rules["archlint/syntax-error"].load()
    assert page(rule).summary == "Files that do not parse, and files and folders that cannot be read."
    assert [section.title for section in page(rule).sections] == [
        "Why is this bad?",
        "What to do",
        "Bad",
        "Good",
        "Source",
    ]
