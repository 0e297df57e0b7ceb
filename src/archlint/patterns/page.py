"""The page of a pattern, from what the configuration says of it."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.config.model import CodePattern


def page_of(pattern: CodePattern) -> str:
    """Markdown with the sections that the page of any rule has."""
    return "\n".join(_lines(pattern))


def _lines(pattern: CodePattern) -> Iterator[str]:
    yield f"{_sentence(pattern.message)}\n"
    if pattern.because:
        yield f"## Why is this bad?\n\n{_sentence(pattern.because)}\n"
    yield f"## What to do\n\n{_sentence(pattern.hint)}\n"
    if pattern.fix:
        yield f"The fix writes:\n\n{_fenced((pattern.fix,))}"
    yield f"## What it looks for\n\n{_fenced(pattern.alternatives)}"
    inside = (("Only inside", group) for group in pattern.inside)
    for title, codes in (*inside, ("Not inside", pattern.not_inside), ("Not", pattern.unless)):
        if codes:
            yield f"{title}:\n\n{_fenced(codes)}"
    yield from _conditions(pattern)
    for title, codes in (("Reports", pattern.bad), ("Lets pass", pattern.good)):
        if codes:
            yield f"## {title}\n\n{_fenced(codes)}"


def _conditions(pattern: CodePattern) -> Iterator[str]:
    said = [f"- `{name}` is spelled `{regex}`" for name, regex in pattern.where.items()]
    for name, classes in pattern.types.items():
        said.append(f"- `{name}` is an object of {_listed(classes)}")
    for name, targets in pattern.resolve.items():
        said.append(f"- {f'`{name}`' if name else 'its first name'} is {_listed(targets)}")
    if pattern.within:
        said.append(f"- only in {_listed(pattern.within)}")
    if pattern.outside:
        said.append(f"- not in {_listed(pattern.outside)}")
    if said:
        yield "\n".join(said) + "\n"


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(f"`{name}`" for name in names)


def _fenced(codes: tuple[str, ...]) -> str:
    blocks = (code.strip("\n") for code in codes)
    return "".join(f"```python\n{block}\n```\n\n" for block in blocks)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
