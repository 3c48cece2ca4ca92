// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** How each kind of HTTP cache takes purges: requests are made here, and sent elsewhere. */
package dev.freshet.http.purge.provider;
