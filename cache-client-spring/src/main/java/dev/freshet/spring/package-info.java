// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * {@code @Cacheable} methods with Freshet's guarantee. This package is the public API; the packages below it are
 * internal.
 */
package dev.freshet.spring;
