// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/** JUnit: {@link dev.freshet.devservices.junit.WithPostgres} and {@link dev.freshet.devservices.junit.WithRedis}. */
package dev.freshet.devservices.junit;
