// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** PostgreSQL, Redis and Freshet's three processes, each with its own role and secret. */
package dev.freshet.devservices.stack;
