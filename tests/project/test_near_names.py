"""The name that was perhaps meant, and what it costs to say so."""

from archlint.project.names.near_names import NearNames


def nearest(project, name, names):
    return project.view(NearNames).nearest(name, project.module_at("main.py"), lambda: names)


def test_the_most_similar_name(make_project):
    names = ["custom", "customer", "customers_of", "order"]
    assert nearest(make_project({"main.py": ""}), "custmer", names) == "customer"


def test_no_name_is_better_than_a_far_one(make_project):
    assert nearest(make_project({"main.py": ""}), "engine", ["order", "price"]) == ""


def test_among_thousands_nobody_looks(make_project):
    names = ["customer", *(f"name_{number}" for number in range(1000))]
    assert nearest(make_project({"main.py": ""}), "custmer", names) == ""


def test_the_names_of_a_place_are_asked_for_once(make_project):
    project = make_project({"main.py": ""})
    assert nearest(project, "custmer", ["customer"]) == "customer"
    assert nearest(project, "custome", ["never"]) == "customer"
