// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The writer-service: takes commands over HTTP, appends events, keeps the context tables. Knows of no cache. */
package dev.freshet.writer;
