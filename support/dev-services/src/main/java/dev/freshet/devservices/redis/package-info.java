// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** How Redis and its Sentinels are started: as processes of this machine or in a container. */
package dev.freshet.devservices.redis;
