"""What a location rests on."""

from archlint.project.reads import Look


def test_a_place_in_code_rests_on_the_lines_of_code_alone(make_project):
    project = make_project({"a.py": "x = 'é'\n# é\n"})
    (module,) = project.modules
    with project.reads.noted() as code:
        project.location(module, 1, 0)
    with project.reads.noted() as comment:
        project.location(module, 2, 0)
    assert code.looks == {(Look.PLACES, "a.py")}
    assert comment.looks == {(Look.TEXT, "a.py")}
