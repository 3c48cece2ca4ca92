// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** What a load needs: a thread that holds no older look at the database, and the tags that it collects. Internal. */
package dev.freshet.spring.load;
