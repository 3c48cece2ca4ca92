// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** What a request says: paths, parameters, pages, entity tags, and how large it may be. */
package dev.freshet.support.http.request;
