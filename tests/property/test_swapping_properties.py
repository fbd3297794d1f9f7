"""A site that was refreshed after any edits is the site that is listed anew: every byte, every problem."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from random import Random  # noqa: TC003  Hypothesis looks at what is annotated
from typing import TYPE_CHECKING

import pytest
from byline.site.site import Site
from hypothesis import given, settings
from hypothesis import strategies as st
from swapped_site import Writer, begun, differing, fresh, seen

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
EDITS = 6


@pytest.mark.parametrize("unpublished", [True, False], ids=["drafts", "published"])
def test_a_refreshed_site_is_one_that_is_listed_anew(
    tmp_path_factory: pytest.TempPathFactory, *, unpublished: bool
) -> None:
    kept = begun(tmp_path_factory.mktemp("kept") / "blog").root

    @settings(max_examples=6)
    @given(st.randoms(use_true_random=False))
    def edited(random: Random) -> None:
        _follow(kept, random, unpublished=unpublished)

    edited()


def _follow(root: Path, random: Random, *, unpublished: bool) -> None:
    shutil.rmtree(root / "content")
    writer = Writer(begun(root), random)
    site = Site(root / "pelicanconf.py", NOW, unpublished=unpublished)
    try:
        if random.random() < 0.5:
            seen(site)  # what was shown before is known of old
        for _ in range(EDITS):
            paths = writer.edit()
            site.refresh(NOW, paths)
            assert differing(seen(site), fresh(root, NOW, unpublished=unpublished)) == [], paths
    finally:
        site.close()
