// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.bench.read;

import dev.freshet.protocol.Tag;
import java.util.List;

/**
 * A view as the database has it.
 *
 * @param json null: there is no such thing
 * @param tags what it was computed from
 * @param position the end of the WAL, asked for in the same snapshot
 * @param snapshot as PostgreSQL prints it
 */
record Found(byte[] json, List<Tag> tags, String position, String snapshot) {}
