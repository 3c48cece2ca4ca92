// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Servers and processes that are killed or stopped. */
package dev.freshet.e2e.outage;
