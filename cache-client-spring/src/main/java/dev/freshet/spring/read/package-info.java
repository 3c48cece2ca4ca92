// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** How a call of a {@code @Cacheable} method is answered. Internal. */
package dev.freshet.spring.read;
