// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What is cached, and under which name: {@link dev.freshet.cache.view.CacheView views} of rows, the keys of their
 * entries, and how values are written. Public API, like {@code dev.freshet.cache}.
 */
package dev.freshet.cache.view;
