"""Where rows are kept: SQLite files in the data folder, or schemas of a PostgreSQL database. Knows no rows."""
