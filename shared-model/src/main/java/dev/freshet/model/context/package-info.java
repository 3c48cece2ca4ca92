// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The context domain: four levels of contexts, what can happen to one, and what that makes of it. No I/O. Everything is
 * immutable and thread-safe as long as nobody changes a JSON tree that he handed in or was given.
 */
package dev.freshet.model.context;
