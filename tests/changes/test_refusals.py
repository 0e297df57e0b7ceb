"""What git cannot tell is said in words, with exit status 2."""

from __future__ import annotations

import subprocess

import pytest

from .conftest import SHOP, Repo

ALL = (["--since", "main"], ["--staged"])


def refused(result):
    assert (result.status, result.out) == (2, "")
    assert "Traceback" not in result.err
    return result.err


@pytest.mark.parametrize("arguments", ALL)
def test_no_git(shop, archlint, monkeypatch, tmp_path, arguments):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert "there is no `git` on the PATH" in refused(archlint(*arguments))


def test_a_git_in_the_current_folder_is_not_run(shop, archlint, monkeypatch):
    shop.write({"git": "#!/bin/sh\ntouch ran\n"})
    (shop.root / "git").chmod(0o755)
    monkeypatch.setenv("PATH", ".")
    assert "there is no `git`" in refused(archlint("--since", "main"))
    assert not (shop.root / "ran").exists()


@pytest.mark.parametrize("arguments", ALL)
def test_no_repository(tmp_path, archlint, monkeypatch, arguments):
    folder = tmp_path / "plain"
    folder.mkdir()
    Repo(folder).write(SHOP)
    monkeypatch.chdir(folder)
    assert "is not in a git repository" in refused(archlint(*arguments))


def test_a_repository_without_commits(repo, archlint):
    repo.write(SHOP)
    assert "has no commit yet" in refused(archlint("--since", "main"))


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("mian", "did you mean `main`?"),
        ("nothing-like-it", "no commit `nothing-like-it`"),
        ("--output=x", "is not the name of a commit"),
        ("HEAD~99", "no commit `HEAD~99`"),
        ("main\n", "is not the name of a commit"),
    ],
)
def test_a_missing_reference(shop, archlint, reference, said):
    assert said in refused(archlint(f"--since={reference}"))
    assert not (shop.root / "x").exists()


def test_an_empty_reference(shop, archlint):
    assert "the name of the commit is empty" in refused(archlint("--since", ""))


def test_a_branch_that_is_only_remote(shop, archlint, tmp_path, monkeypatch):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(shop.root), str(clone)], check=True)
    shop.git("branch", "release")
    Repo(clone).git("fetch", "--quiet")
    monkeypatch.chdir(clone)
    assert "did you mean `origin/release`?" in refused(archlint("--since", "release"))
    assert "`git fetch origin none-such`" in refused(archlint("--since", "none-such"))
    assert "`git fetch origin 2041`" in refused(archlint("--since", "origin/2041"))
    assert "fetch" not in refused(archlint("--since", "HEAD~99"))


def test_a_shallow_clone(shop, archlint, tmp_path, monkeypatch):
    shop.commit({"a.py": ""})
    shop.git("switch", "--quiet", "--create", "feature", "HEAD~1")
    shop.commit({"b.py": ""})
    clone = tmp_path / "clone"
    url = f"file://{shop.root}"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", "--no-single-branch", url, str(clone)], check=True
    )
    monkeypatch.chdir(clone)
    for reference in ("origin/main", "HEAD~1", "none-such"):
        said = refused(archlint("--since", reference))
        assert "this clone is shallow" in said
        assert "fetch-depth: 0" in said


def test_histories_without_a_common_commit(shop, archlint):
    shop.git("switch", "--quiet", "--orphan", "other")
    shop.commit({**SHOP, "a.py": ""})
    assert "`main` and HEAD have no commit in common" in refused(archlint("--since", "main"))


@pytest.mark.parametrize("arguments", ALL)
def test_a_bare_repository(shop, archlint, tmp_path, monkeypatch, arguments):
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(shop.root), str(bare)], check=True)
    monkeypatch.chdir(bare)
    assert "is a bare repository" in refused(archlint(*arguments))


def test_a_merge_that_is_not_resolved(shop, archlint):
    shop.git("switch", "--quiet", "--create", "feature")
    shop.commit({"web/schemas.py": "class One: ...\n"})
    shop.git("switch", "--quiet", "main")
    shop.commit({"web/schemas.py": "class Other: ...\n"})
    subprocess.run(["git", "merge", "feature"], cwd=shop.root, capture_output=True, check=False)
    assert "a merge that is not resolved: `web/schemas.py`" in refused(archlint("--staged"))


def test_contents_that_a_partial_clone_lacks(shop, archlint, tmp_path, monkeypatch):
    shop.commit({"domain/orders.py": "import os\n"})
    shop.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    url = f"file://{shop.root}"
    subprocess.run(["git", "clone", "--quiet", "--filter=blob:none", url, str(clone)], check=True)
    monkeypatch.chdir(clone)
    assert "the clone is partial" in refused(archlint("--since", "HEAD~1"))


def test_fixes_are_not_written_to_the_index(shop, archlint):
    assert "--staged lints what git holds" in refused(archlint("--staged", "--fix"))


def test_a_detached_head_is_as_good_as_a_branch(shop, archlint):
    shop.commit({"domain/customers.py": "from web.schemas import OrderIn\n"})
    shop.git("checkout", "--quiet", "--detach")
    assert archlint("--since", "HEAD~1").out.startswith("domain/customers.py:1:25: error")


def test_a_second_work_tree(shop, archlint, tmp_path, monkeypatch):
    other = tmp_path / "other"
    shop.git("worktree", "add", "--quiet", "--detach", str(other))
    monkeypatch.chdir(other)
    Repo(other).write({"domain/customers.py": "from web.schemas import OrderIn\n"})
    Repo(other).git("add", "--all")
    for arguments in (["--since", "main"], ["--staged"]):
        assert archlint(*arguments).out.startswith("domain/customers.py:1:25: error")


def test_a_project_below_the_top_of_its_repository(repo, archlint, monkeypatch):
    repo.commit({f"services/shop/{path}": text for path, text in SHOP.items()} | {"other/a.py": "import x\n"})
    monkeypatch.chdir(repo.root / "services" / "shop")
    repo.write({"services/shop/domain/customers.py": "from web.schemas import OrderIn\n"})
    result = archlint("--since", "HEAD")
    assert result.out.startswith("domain/customers.py:1:25: error")
    assert "1 older" in result.err
    repo.git("add", "--all")
    assert archlint("--staged").out.startswith("domain/customers.py:1:25: error")


def test_a_remote_branch_that_is_not_fetched(shop, archlint, tmp_path, monkeypatch):
    """The branch of that name that is here may be older: to take it for the other would compare wrongly."""
    clone = tmp_path / "clone"
    shop.git("clone", "--quiet", ".", str(clone))
    Repo(clone).git("update-ref", "-d", "refs/remotes/origin/main")
    Repo(clone).git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD")
    monkeypatch.chdir(clone)
    assert "fetch it first: `git fetch origin main`" in refused(archlint("--since", "origin/main"))
