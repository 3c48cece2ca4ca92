// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** Settings from the environment, and what is wrong with one. Needs no HTTP library, as the packages below. */
package dev.freshet.support.config;
