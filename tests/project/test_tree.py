from archlint.project.files.tree import Tree, above, alternatives, lies_within, literal_head

TREE = Tree(
    ["b.md", "app/models/order.py", "app/models/__init__.py", "app/api/v1/orders.py", "app.py", "app0"]
)


def test_folders_are_those_with_files() -> None:
    assert TREE.folders == ("app", "app/api", "app/api/v1", "app/models")


def test_what_is_below_a_folder() -> None:
    assert TREE.below("app") == ("app/api/v1/orders.py", "app/models/__init__.py", "app/models/order.py")
    assert TREE.below("") == TREE.files
    assert TREE.below("nowhere") == ()


def test_patterns_name_files_and_folders() -> None:
    assert TREE.matching("app") == ("app",)
    assert TREE.matching("app.py") == ("app.py",)
    assert TREE.matching("app.py/") == ()
    assert TREE.matching("app/*/") == ("app/api", "app/models")
    assert TREE.matching("./app/models/*.py") == ("app/models/__init__.py", "app/models/order.py")
    assert TREE.matching("app/**") == (
        "app/api",
        "app/api/v1",
        "app/api/v1/orders.py",
        "app/models",
        "app/models/__init__.py",
        "app/models/order.py",
    )
    assert TREE.matching("**/models") == ("app/models",)
    assert TREE.matching("**/order.py/") == ()
    assert TREE.named("models") == ("app/models",)
    assert TREE.named("nothing") == ()
    assert TREE.matching("{app.py,**/v?/,none}") == ("app.py", "app/api/v1")


def test_the_files_that_a_pattern_names() -> None:
    assert TREE.files_of("app/*") == ()
    assert TREE.files_of("{app,app/models}/") == TREE.below("app")
    assert TREE.files_of("app/*/*.py") == ("app/models/__init__.py", "app/models/order.py")


def test_a_folder_is_reported_at_its_init_or_its_first_file() -> None:
    assert TREE.place("app/models").path == "app/models/__init__.py"
    assert TREE.place("app/api").path == "app/api/v1/orders.py"
    assert TREE.place("b.md").path == "b.md"


def test_parts_of_patterns() -> None:
    assert alternatives("a/{b, c}/{d,e}.py") == ("a/b/d.py", "a/b/e.py", "a/c/d.py", "a/c/e.py")
    assert alternatives("a/{name}.py") == ("a/{name}.py",)
    assert literal_head("./a/b/*/c") == "a/b"
    assert literal_head("a/b.py") == "a/b.py"
    assert above("a/b/c.py") == ["a/b", "a"]


def test_a_pattern_holds_what_lies_below_it() -> None:
    assert lies_within("a/b/c.py", "a/")
    assert lies_within("a/b/c.py", "{x,*}/b")
    assert lies_within("a/b/c.py", "a/b/*.py")
    assert not lies_within("a/b.py", "a/b.py/")
    assert not lies_within("a/b/c.py", "b/")
