// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The context domain: four levels of contexts, their events, and how an event changes a context. No I/O. Everything is
 * immutable and thread-safe as long as callers do not modify the JSON trees that they pass in or receive.
 */
package dev.freshet.context;
