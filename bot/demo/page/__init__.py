"""The phones page of `make demo`: the cast's phones side by side, and a clock that can be moved on."""
