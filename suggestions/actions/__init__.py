"""The only writers of suggestions and of all that hangs on them."""
