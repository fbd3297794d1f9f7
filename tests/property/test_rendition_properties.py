"""What holds for the renditions of any picture, whatever is asked for."""

from __future__ import annotations

from byline.credits.renditions import SMALLEST, crop_box, planned, ratio_of
from byline.edges.pictures import Measured
from byline.values.settings import Photos
from hypothesis import given
from hypothesis import strategies as st

SIDES = st.integers(1, 60_000)
NUMBERS = st.one_of(st.integers(0, 9999).map(str), st.decimals(0, 9999, places=4).map(str))
CROPS = st.one_of(st.builds("{}:{}".format, NUMBERS, NUMBERS), st.sampled_from(["", "16:9", "1:1", "3/2"]), st.text())
TYPES = st.sampled_from(["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"])
SETTINGS = st.builds(
    Photos,
    widths=st.lists(st.integers(-5, 70_000), max_size=5),
    formats=st.lists(st.sampled_from(["avif", "webp"]), max_size=3),
)


@given(CROPS, SIDES, SIDES)
def test_a_crop_lies_in_the_middle_takes_one_whole_side_and_has_its_ratio(crop: str, width: int, height: int) -> None:
    box = crop_box(crop, width, height)
    if box is None:
        return
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert (across, down) != (width, height) or across == 1 or down == 1
    assert width == across or height == down
    assert abs(left - (width - right)) <= 1
    assert abs(top - (height - bottom)) <= 1
    ratio = ratio_of(crop)
    assert ratio
    # To half a pixel, or the one pixel that is the least.
    assert abs(across - down * ratio) <= 0.5 * max(1, ratio) + 1e-6 or across == 1 or down == 1


@given(st.text(), SIDES, SIDES, TYPES, SETTINGS, CROPS, st.binary(max_size=9))
def test_a_plan_is_in_order_never_larger_and_each_name_stands_once(  # noqa: PLR0913, PLR0917  what a plan is made of
    stem: str, width: int, height: int, media_type: str, settings: Photos, crop: str, packet: bytes
) -> None:
    measured = Measured("0123456789abcdef", width, height, media_type)
    made = planned(stem, measured, settings, crop, packet)
    assert made == planned(stem, measured, settings, crop, packet)
    assert len({one.path for one in made}) == len(made)
    formats = list(dict.fromkeys(one.media_type for one in made))
    assert made == tuple(sorted(made, key=lambda one: (formats.index(one.media_type), one.width)))
    for one in made:
        left, top, right, bottom = one.crop or (0, 0, width, height)
        assert 0 < one.width <= right - left
        assert 0 < one.height <= max(bottom - top, 1)
        assert right - left >= SMALLEST
        assert one.path.isascii()
        assert one.path.count("/") == 1
    assert len({one.crop for one in made}) <= 1
