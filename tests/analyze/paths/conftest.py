"""Runs one function that gathers parts over rows of the model."""

from __future__ import annotations

import pytest

from omamori.snapshot.database import Database


@pytest.fixture
def parts_from():
    def do(function, rows, *more):
        with Database() as database:
            database.insert(rows)
            return list(function(database, *more))

    return do
