"""Garbage is not looked for while many objects are made, and never by a process that ends."""

import gc
from collections.abc import Iterator

import pytest
from byline.commands.exit_code import Command
from byline.edges import garbage
from invoke import Context, Exit


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    frozen, seldom = gc.get_freeze_count(), gc.get_threshold()
    yield
    gc.set_threshold(*seldom)
    gc.enable()
    if not frozen:
        gc.unfreeze()


def test_it_is_not_looked_for_while_the_block_runs() -> None:
    with garbage.unsought():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_the_block_made_is_old_after_it() -> None:
    gc.collect()
    with garbage.unsought():
        made = [[number] for number in range(10_000)]
    young = {id(thing) for generation in (0, 1) for thing in gc.get_objects(generation)}
    assert young.isdisjoint(map(id, made))
    assert not gc.get_freeze_count()


def test_it_stays_unsought_where_it_was_before() -> None:
    gc.disable()
    with garbage.unsought():
        pass
    assert not gc.isenabled()


def test_a_task_leaves_all_that_is_there_to_the_end_of_the_process() -> None:
    frozen = gc.get_freeze_count()
    with pytest.raises(Exit):
        Command(lambda _context: 1, name="failing")(Context())
    assert gc.get_freeze_count() > frozen
