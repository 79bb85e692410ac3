class CharacterClassValidator:
    def validate(self, password, user=None): ...
    def get_help_text(self):
        return ""


class HistoryValidator(CharacterClassValidator): ...
