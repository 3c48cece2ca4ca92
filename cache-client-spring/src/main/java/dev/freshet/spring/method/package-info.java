// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Understands a {@code @Cacheable} method when the application starts: its view, its tags, its type. Internal. */
package dev.freshet.spring.method;
