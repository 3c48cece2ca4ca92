// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What Freshet is compared with, each run as a process of its own by {@link dev.freshet.lab.bench.subject.SubjectMain}.
 * They are as small as they can be: they do not restart, and they end with their first failure.
 */
package dev.freshet.lab.bench.subject;
