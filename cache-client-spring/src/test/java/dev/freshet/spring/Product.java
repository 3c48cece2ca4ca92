// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring;

import java.time.LocalDate;

record Product(long id, String name, int stock, LocalDate since) {}
