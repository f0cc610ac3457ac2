"""Schema migrations, run by Alembic when a file is opened."""
