// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads through {@code cache-client} with Reactor. Start at {@link dev.freshet.reactor.ReactorReads}. Public API. */
package dev.freshet.reactor;
