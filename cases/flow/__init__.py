"""How a procedure goes: its states, steps and closing modes, as tables."""
