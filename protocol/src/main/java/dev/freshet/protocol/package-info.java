// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The names of everything Freshet stores in Redis: entries, tags, fences and the published position. */
package dev.freshet.protocol;
