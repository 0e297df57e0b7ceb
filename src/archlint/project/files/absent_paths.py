"""What can be said of a path that the project does not have: it may be out of sight, or elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.files.tree import Tree, alternatives, literal_head

if TYPE_CHECKING:
    from archlint.project.project import Project


def is_ignored(project: Project, pattern: str) -> bool:
    """Whether nobody can tell if a pattern is there: whatever it stands for would be ignored."""
    return all(_is_ignored(project, one) for one in alternatives(pattern))


def may_be_unread(project: Project, pattern: str) -> bool:
    """Whether a pattern leads into a folder that is not in the project: unreadable, or another project."""
    closed = (*(place.path for place in project.unreadable), *project.projects)
    heads = [f"{literal_head(one)}/" for one in alternatives(pattern)]
    return any(head.startswith(f"{folder}/") for head in heads for folder in closed)


def may_be_unseen(project: Project, pattern: str) -> bool:
    """Whether a path that the project does not have may be there all the same, ignored or unread."""
    is_partly_ignored = any(_is_ignored(project, one) for one in alternatives(pattern))
    return is_partly_ignored or may_be_unread(project, pattern)


def namesake(tree: Tree, pattern: str) -> str:
    """A path elsewhere that ends with the same name, in whatever case; empty where there is none."""
    name = pattern.rstrip("/").rpartition("/")[2].lower()
    paths = tree.folders if pattern.endswith("/") else tree.files
    return next((path for path in paths if path.rpartition("/")[2].lower() == name), "")


def _is_ignored(project: Project, pattern: str) -> bool:
    head = literal_head(pattern)
    is_folder = pattern.endswith("/") or head != pattern.removeprefix("./").strip("/")
    return bool(head) and project.ignores(f"{head}/" if is_folder else head)
