// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Sends purges: one attempt, and how long to wait before the next. */
package dev.freshet.http.purge.send;
