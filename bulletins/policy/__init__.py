"""Who sees what of this room, and who may do what; each part registers its policies."""

from importlib import import_module

PARTS: tuple[str, ...] = ("obligations", "bulletins", "library", "white_papers", "packages")
for part in PARTS:
    import_module(f"bulletins.policy.{part}")
