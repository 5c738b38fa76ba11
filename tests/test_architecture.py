"""The house is as it was planned: what may import what, beyond the layers that import-linter holds."""

from functools import cache

import grimp

CAPABILITIES = (
    "people", "staff", "outreach", "directory", "safety", "screening", "programme", "checkins", "referrals",
    "networks", "events", "blocks", "accesses", "partnerships",
)  # fmt: skip

MAY_QUERY = ("store", "arrivals", "belongings")
"""The files of a capability that may hold SQL, by how their names begin."""

MAKES_A_TEXT = {("bot.referrals.agreed.wording", "bot.texts"), ("bot.events.from_file.importing_words", "bot.texts")}
"""A young person agrees to the very words that are passed on, so these are made when they are asked, and kept; a table
comes back with the words it went out with, so these are known in every language."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("bot", include_external_packages=True, cache_dir=None)


def test_handlers_rules_and_screens_touch_rows_and_keys_only() -> None:
    forbidden = {"sqlalchemy", "telegram", "bot.delivery", "bot.delivery.outbox", "bot.texts", "bot.clock"}
    found = [
        f"{module} imports {imported}"
        for module in sorted(graph().modules)
        for imported in sorted(graph().find_modules_directly_imported_by(module) if _is_plain(module) else ())
        if (imported in forbidden or imported.startswith("bot.storage.tables"))
        and (module, imported) not in MAKES_A_TEXT
    ]
    assert found == []


def test_only_storage_and_stores_know_the_tables() -> None:
    knowing = graph().find_modules_that_directly_import("bot.storage.tables")
    strangers = {
        module
        for module in knowing
        if not module.startswith(("bot.storage", "bot.delivery", "bot.demo")) and _is_plain(module)
    }
    assert strangers == set()


def test_every_capability_answers_by_the_same_file_names() -> None:
    missing = [f"{one}.rules" for one in CAPABILITIES if f"bot.{one}.rules" not in graph().modules]
    assert missing == []


def _is_plain(module: str) -> bool:
    """Whether this is a file of a capability that has no business with SQL or delivery."""
    parts = module.split(".")
    return len(parts) > 2 and parts[1] in CAPABILITIES and not parts[-1].startswith(MAY_QUERY)
