// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The reference application, as its users see it, and what its views must show. Uses no code of that application. */
package dev.freshet.e2e.context;
