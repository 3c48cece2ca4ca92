// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** PostgreSQL, Redis and Freshet's three processes, each with a role and a secret of its own. */
package dev.freshet.quickstart.stack;
