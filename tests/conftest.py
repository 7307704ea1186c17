"""Settings that every test runs under."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A busy machine is no failure: how long an example takes is shown by benchmarks, not by tests.
settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("project")
