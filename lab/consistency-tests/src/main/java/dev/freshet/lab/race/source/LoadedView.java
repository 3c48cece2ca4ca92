// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.source;

import dev.freshet.protocol.Tag;
import java.util.List;

/**
 * A view as loaded from the database.
 *
 * @param json null if the row does not exist
 * @param tags what the view was computed from
 * @param position the end of the WAL, read in the same snapshot
 * @param snapshot as PostgreSQL prints it
 */
public record LoadedView(byte[] json, List<Tag> tags, String position, String snapshot) {}
