#!/bin/sh
# Run once by the server's image, as superuser, before anything connects: the account that owns the data, and one that reads.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner="$SCREENER_PASSWORD" -v reader="$SCREENER_READER_PASSWORD" <<'SQL'
CREATE ROLE screener LOGIN PASSWORD :'owner';
CREATE ROLE screener_reader LOGIN PASSWORD :'reader' CONNECTION LIMIT 20;
GRANT pg_monitor TO screener_reader;
ALTER ROLE screener_reader SET default_transaction_read_only = on;
ALTER ROLE screener_reader SET statement_timeout = '30s';
CREATE DATABASE screener OWNER screener;
SQL
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname screener <<'SQL'
-- Only a superuser may; without it our migrations use the server's own partitions.
CREATE EXTENSION IF NOT EXISTS timescaledb;
GRANT ALL ON SCHEMA public TO screener;
GRANT USAGE ON SCHEMA public TO screener_reader;
-- Endpoints' secrets are sealed with Storage:SecretKeys before they are stored, and keys of the API are hashed.
ALTER DEFAULT PRIVILEGES FOR ROLE screener IN SCHEMA public GRANT SELECT ON TABLES TO screener_reader;
SQL
