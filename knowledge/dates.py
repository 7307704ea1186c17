"""Comparing dates of uneven precision: "2023", "2023-11", "2023-11-16". Pure string work."""

from __future__ import annotations


def compatible(left: str | None, right: str | None) -> bool:
    """Whether two dates can be one: unknown agrees with all, a year with every day in it."""
    return left is None or right is None or left.startswith(right) or right.startswith(left)


def surely_before(left: str | None, right: str | None) -> bool:
    """Whether `left` is certainly earlier than `right`, at the precision that both have."""
    if left is None or right is None:
        return False
    shared = min(len(left), len(right))
    return left[:shared] < right[:shared]


def finer(left: str | None, right: str | None) -> str | None:
    """The more precise of two compatible dates."""
    if left is None or right is None:
        return left or right
    return left if len(left) >= len(right) else right


def on_or_before(day: str, limit: str) -> bool:
    """Whether a date of any precision may lie on or before `limit` (YYYY-MM-DD)."""
    return day <= limit[: len(day)]
