// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Writers: an application with plain SQL, and a client of the writer-service. */
package dev.freshet.bench.write;
