// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The address of PostgreSQL: options, URL, credentials, and what a failure to connect means. */
package dev.freshet.support.config.postgres;
