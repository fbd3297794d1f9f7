"""Tones: the few colours of which one stands in a picture's place until the picture is there.

Not a picture's own colour: that is measured by `edges/pictures`, and this names the tone that looks most like it.
"""

from __future__ import annotations

TONES = tuple(
    """
    111
    444 633 642 353 156 346 546
    888
    bbb c99 ca8 8b9 7bc 9ac b9c
    fff
    """.split()
)
"""Their names, which are CSS's short notation of them: greys and two rows of hues.

They are few, as each costs some bytes of every first view. The hues lie at 0.4 and 0.74 of Oklab's lightness, at a
chroma of 0.065: means of photographs have hardly more. `theme/style/55-tones.css` has a class for each.
"""

_TINT = 4
"""How much more a difference of tint counts than one of lightness."""

_Colour = tuple[float, float, float]


def tone(colour: tuple[int, int, int]) -> str:
    """Return the name of the tone that is nearest to an sRGB colour (0 to 255 each), to the eye.

    A grey of any lightness stays a grey: what is green or red in it counts more.
    """
    light, green_red, blue_yellow = _oklab(colour)

    def distance(name: str) -> float:
        its_light, its_green_red, its_blue_yellow = _oklab(_rgb(name))
        tint = (green_red - its_green_red) ** 2 + (blue_yellow - its_blue_yellow) ** 2
        return (light - its_light) ** 2 + _TINT * tint

    return min(TONES, key=distance)


def _rgb(name: str) -> tuple[int, int, int]:
    red, green, blue = (int(digit * 2, 16) for digit in name)
    return red, green, blue


def _oklab(colour: tuple[int, int, int]) -> _Colour:
    """Return an sRGB colour in Oklab, where equal distances look equal (CSS Color 4, 9.2 and 18)."""
    red, green, blue = (_linear(sample / 255) for sample in colour)
    # Rounded, so that the last bit of a power, which differs from machine to machine, decides nothing.
    long = round((0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3), 9)
    middle = round((0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3), 9)
    short = round((0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3), 9)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(sample: float) -> float:
    """Return a sample of sRGB, 0 to 1, as light (IEC 61966-2-1)."""
    return sample / 12.92 if sample <= 0.04045 else ((sample + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  where it bends
