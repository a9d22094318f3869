#!/bin/sh
# What the image of PostgreSQL does once, with an empty volume: a user that owns one database and nothing else, and pgvector in it.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$DATABASE_PASSWORD" --username "${POSTGRES_USER:-postgres}" <<'SQL'
CREATE ROLE actuclair LOGIN PASSWORD :'password';
CREATE DATABASE actuclair OWNER actuclair ENCODING 'UTF8' TEMPLATE template0;
\connect actuclair
CREATE EXTENSION vector SCHEMA public;
SQL
