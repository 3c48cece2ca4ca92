// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** A browser for tests of pages. */
package dev.freshet.devservices.browser;
