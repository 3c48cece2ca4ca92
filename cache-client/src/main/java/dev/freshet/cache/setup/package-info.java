// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Internal: the settings of a cache, and how its parts are made from them. */
package dev.freshet.cache.setup;
