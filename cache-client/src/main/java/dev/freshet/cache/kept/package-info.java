// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: what was answered last, for when loads fail. */
package dev.freshet.cache.kept;
