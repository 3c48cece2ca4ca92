// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** PostgreSQL and Redis, looked at from outside of the product. */
package dev.freshet.e2e.server;
