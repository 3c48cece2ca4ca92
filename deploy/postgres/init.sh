#!/bin/sh
# Copyright The Freshet Authors
# SPDX-License-Identifier: Apache-2.0
#
# The postgres image runs this once, on an empty volume. psql reads the passwords from its environment, so that they do not
# appear in a process list.
set -eu
cat /freshet/roles.sql | sed '1i\
\\getenv writer_password FRESHET_WRITER_PASSWORD\
\\getenv reader_password FRESHET_READER_PASSWORD\
\\getenv invalidator_password FRESHET_INVALIDATOR_PASSWORD\
\\getenv app_password FRESHET_APP_PASSWORD' |
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --no-psqlrc
