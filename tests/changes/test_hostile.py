"""A repository that comes from somebody else has no say in what is run, read or written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from archlint.changes.copy import copied
from archlint.changes.repository import Repository
from archlint.errors import ArchlintError

from .conftest import SHOP, Repo

BAD = "from web.schemas import OrderIn\n"


@pytest.fixture
def trap(shop, tmp_path):
    """A program that tells that it was run, by a file."""
    program = tmp_path / "trap.sh"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nexit 0\n")
    program.chmod(0o755)
    return program


def sprung(trap) -> bool:
    return (trap.parent / "sprung").exists()


def test_the_trap_works(shop, trap):
    shop.git("config", "core.fsmonitor", str(trap))
    shop.git("status")
    assert sprung(trap)


@pytest.mark.parametrize(
    "setting",
    [
        "core.fsmonitor",
        "core.editor",
        "core.pager",
        "core.sshCommand",
        "core.askPass",
        "core.gitProxy",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "gpg.program",
        "credential.helper",
        "uploadpack.packObjectsHook",
        "alias.rev-parse",
    ],
)
def test_programs_of_its_configuration_are_not_run(shop, archlint, trap, setting):
    shop.commit({".gitattributes": "*.py diff=evil filter=evil\n"})
    shop.git("config", setting, str(trap))
    shop.write({"domain/customers.py": BAD})
    for arguments in (["--since", "HEAD"], ["--since", "main", "--staged"], ["--staged"]):
        assert "Traceback" not in archlint(*arguments).err
    assert archlint("--since", "HEAD").out.startswith("domain/customers.py:1:25: error")
    assert not sprung(trap)


def test_programs_of_an_included_configuration_are_not_run(shop, archlint, trap, tmp_path):
    included = tmp_path / "included"
    included.write_text(
        f"[core]\n\tfsmonitor = {trap}\n\thooksPath = {tmp_path}\n[diff]\n\texternal = {trap}\n"
    )
    shop.git("config", "include.path", str(included))
    assert archlint("--since", "HEAD").status == 0
    assert archlint("--staged").status == 0
    assert not sprung(trap)


def test_hooks_are_not_run(shop, archlint, trap):
    for name in ("post-checkout", "post-index-change", "pre-commit", "reference-transaction"):
        hook = shop.root / ".git" / "hooks" / name
        hook.write_bytes(trap.read_bytes())
        hook.chmod(0o755)
    assert archlint("--since", "HEAD").status == 0
    assert archlint("--staged").status == 0
    assert not sprung(trap)


def test_what_a_partial_clone_lacks_is_not_fetched(shop, archlint, trap, tmp_path, monkeypatch):
    shop.commit({"domain/orders.py": "import os\n"})
    shop.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    url = f"file://{shop.root}"
    subprocess.run(["git", "clone", "--quiet", "--filter=blob:none", url, str(clone)], check=True)
    Repo(clone).git("config", "remote.origin.uploadpack", str(trap))
    monkeypatch.chdir(clone)
    assert archlint("--since", "HEAD~1").status == 2
    assert not sprung(trap)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_EXTERNAL_DIFF", "{trap}"),
        ("GIT_SSH_COMMAND", "{trap}"),
        ("GIT_PAGER", "{trap}"),
        ("GIT_CONFIG_PARAMETERS", "'core.fsmonitor={trap}'"),
        ("GIT_EXEC_PATH", "/nowhere"),
    ],
)
def test_the_environment_does_not_lead_elsewhere(shop, archlint, trap, monkeypatch, name, value):
    shop.write({"domain/customers.py": BAD})
    monkeypatch.setenv(name, value.format(trap=trap))
    assert archlint("--since", "HEAD").out.startswith("domain/customers.py:1:25: error")
    assert not sprung(trap)


def test_the_index_of_a_hook_counts(shop, archlint, monkeypatch, tmp_path):
    other = tmp_path / "next-index"
    other.write_bytes((shop.root / ".git" / "index").read_bytes())
    shop.write({"domain/customers.py": BAD})
    monkeypatch.setenv("GIT_INDEX_FILE", str(other))
    shop.git("add", "domain/customers.py")
    assert archlint("--staged").out.startswith("domain/customers.py:1:25: error")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert archlint("--staged").out == ""


def test_a_folder_that_looks_like_a_repository_is_none(shop, archlint, trap, monkeypatch):
    inner = shop.root / "inner"
    subprocess.run(["git", "init", "--quiet", "--bare", str(inner)], check=True)
    Repo(inner).git("config", "core.fsmonitor", str(trap))
    (inner / "archlint.toml").write_text("")
    (inner / "a.py").write_text("")
    monkeypatch.chdir(inner)
    assert "is a bare repository" in archlint("--since", "HEAD").err
    assert not sprung(trap)


def test_nothing_is_written_into_the_repository(shop, archlint):
    shop.write({"domain/customers.py": BAD})
    before = {path: path.stat().st_mtime_ns for path in (shop.root / ".git").rglob("*")}
    archlint("--since", "HEAD")
    archlint("--staged")
    assert {path: path.stat().st_mtime_ns for path in (shop.root / ".git").rglob("*")} == before
    assert shop.git("status", "--short") == "?? domain/customers.py"


def tree_of(shop, entries):
    """The commit of a tree that git itself would never write."""
    raw = b"".join(f"{mode} {name}".encode() + b"\0" + bytes.fromhex(of) for mode, name, of in entries)
    command = ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"]
    made = subprocess.run(command, cwd=shop.root, input=raw, capture_output=True, check=True)
    return shop.git("commit-tree", "-m", "hostile", made.stdout.decode().strip())


def blob(shop, text):
    command = ["git", "hash-object", "-w", "--stdin"]
    made = subprocess.run(command, cwd=shop.root, input=text.encode(), capture_output=True, check=True)
    return made.stdout.decode().strip()


def test_paths_that_lead_out_are_left_out(shop, tmp_path):
    text = blob(shop, "x = 1\n")
    inner = tree_of(shop, [("100644", "evil.py", text)])
    folder = shop.git("rev-parse", f"{inner}^{{tree}}")
    outside = blob(shop, str(tmp_path))
    names = [
        ("40000", "..", folder),
        ("40000", ".git", folder),
        ("40000", ".GIT", folder),
        ("40000", "a", folder),
        ("120000", "link", outside),
        ("40000", "link", folder),
        ("120000", "up", blob(shop, "../../../../up")),
        ("120000", "near", blob(shop, "a/evil.py")),
    ]
    commit = tree_of(shop, names)
    repository = Repository.around(shop.root)
    with copied(repository, repository.tree(commit)) as root:
        found = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
        assert found == ["a/evil.py", "link/evil.py"]
        assert (root / "near").resolve() == root / "a" / "evil.py"
        assert not (root / "up").exists()
        assert sorted(os.listdir(root.parent)) == [root.name]
    assert not (tmp_path / "evil.py").exists()


@pytest.mark.parametrize("error", [ArchlintError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_the_copy_is_removed_however_it_ends(shop, left_over, error):
    repository = Repository.around(shop.root)

    def fail():
        with copied(repository, repository.tree("HEAD")):
            assert left_over()
            raise error

    with pytest.raises(type(error)):
        fail()
    assert left_over() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
def test_the_copy_is_removed_when_the_process_is_told_to_end(shop, tmp_path):
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from archlint.changes.copy import copied\nfrom archlint.changes.repository import Repository\n"
        "r = Repository.around(Path())\n"
        "with copied(r, r.tree('HEAD')) as root:\n    print(root, flush=True)\n    time.sleep(60)\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    ) as run:
        assert run.stdout is not None
        root = run.stdout.readline().strip()
        assert os.path.isdir(root)
        run.send_signal(signal.SIGTERM)
        assert run.wait(10) == -signal.SIGTERM
    assert not os.path.exists(root)


def test_a_submodule_is_compared_by_its_own_commit(shop, archlint, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    lib = Repo(other)
    lib.git("init", "--quiet", "--initial-branch", "main")
    lib.commit({"domain/a.py": BAD})
    shop.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "lib")
    shop.write({"archlint.toml": SHOP["archlint.toml"].replace('"domain/**"', '"domain/**", "lib/**"')})
    shop.commit()
    assert archlint("--since", "HEAD").out == ""
    Repo(shop.root / "lib").write({"domain/b.py": BAD})
    assert archlint("--since", "HEAD").out.startswith("lib/domain/b.py:1:25: error")
    commit = shop.git("rev-parse", "HEAD")
    (shop.root / "lib" / ".git").unlink()
    result = archlint("--since", commit)
    assert "the submodule `lib` does not have the commit" in result.err
