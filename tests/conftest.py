"""What holds for all tests: in how many processes they run, and that a busy machine may take its time."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process where some tests are chosen: others would hardly have begun when it is done."""
    is_chosen = config.option.keyword or all(".py" in argument for argument in config.args)
    return 0 if is_chosen else None
