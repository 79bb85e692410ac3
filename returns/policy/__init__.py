"""Who sees what of this room, and who may do what; each part registers its policies."""

from importlib import import_module

PARTS: tuple[str, ...] = ("duties", "deliverables", "staff", "checks", "reports", "declarations")
for part in PARTS:
    import_module(f"returns.policy.{part}")
