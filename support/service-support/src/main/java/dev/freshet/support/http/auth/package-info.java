// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Who sent a request: bearer tokens, and the routes that need none. */
package dev.freshet.support.http.auth;
