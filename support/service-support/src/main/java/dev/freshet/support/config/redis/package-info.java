// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** The address of Redis, as options and as a URL. */
package dev.freshet.support.config.redis;
