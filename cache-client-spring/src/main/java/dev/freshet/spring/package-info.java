// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** {@code @Cacheable} with Freshet's guarantee. What applications import; the packages below are internal. */
package dev.freshet.spring;
