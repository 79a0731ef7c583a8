"""Steps from one shape of the database to the next; each is frozen once it was released."""
