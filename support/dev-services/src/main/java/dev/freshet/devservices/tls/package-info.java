// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests of TLS, made in this JVM: a dozen starts of keytool take longer than the tests. */
package dev.freshet.devservices.tls;
