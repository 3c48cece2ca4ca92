// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The position on every master: claims, publication, withdrawal, and which process reads the stream.
 */
package dev.freshet.redis.cache.position;
