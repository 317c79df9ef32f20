"""What workers do, one module for a kind of job; the server imports none of it."""
