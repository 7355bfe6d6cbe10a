import os
import shutil
from collections.abc import Iterator

import pytest

from tests.running_site import RunningSite
from tests.scale.stack import Stack, two_hosts
from tests.scale.visitors import Visitor


@pytest.fixture(scope="package")
def stack(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Two hosts that hold the sample site; nothing of it is shared with other tests."""
    missing = [name for name in ("nginx", "redis-server", "openssl") if shutil.which(name) is None]
    if missing:
        assert os.environ.get("CI") != "true", f"no {', '.join(missing)}: in CI these tests may not be skipped"
        pytest.skip(f"not here: {', '.join(missing)}")
    folder, static = tmp_path_factory.mktemp("scale"), site.data_dir / "static"
    with two_hosts(folder, static, template=site.database_url) as running:
        yield running


@pytest.fixture
def reader(stack: Stack) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(stack)
