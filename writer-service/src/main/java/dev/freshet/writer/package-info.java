// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The writer-service: accepts commands over HTTP, appends events and maintains the context tables. It knows no cache.
 */
package dev.freshet.writer;
