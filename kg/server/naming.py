"""The functions that registries of ours name, loaded when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast


@cache
def function_named(name: str) -> Callable[..., object]:
    """The function that a registry names as ``module:function``.

    >>> function_named("kg.server.naming:function_named").__name__
    'function_named'
    """
    module, _, function = name.partition(":")
    found = getattr(import_module(module), function)
    assert callable(found)
    return cast(Callable[..., object], found)
