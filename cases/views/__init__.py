"""The pages of disputes, procedures and courts."""
