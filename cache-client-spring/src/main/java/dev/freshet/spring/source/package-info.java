// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** The application's database: where loads read, and where its commits lie. Internal. */
package dev.freshet.spring.source;
