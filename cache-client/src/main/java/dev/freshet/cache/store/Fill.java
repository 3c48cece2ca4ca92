// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.cache.store;

import dev.freshet.protocol.Lsn;
import dev.freshet.protocol.Tag;
import java.util.List;

/**
 * A loaded value that is offered to Redis.
 *
 * @param json null if what was asked for does not exist
 * @param tags of everything that it was computed from
 * @param lsn no commit that it shows lies after this position; null if the loader reported none
 * @param snapshot of the load, as {@code pg_snapshot} prints it; null if the loader reported none
 * @param database that it was read from; null if the loader reported none
 * @param wanted whether it is to be stored at all
 */
public record Fill(byte[] json, List<Tag> tags, Lsn lsn, String snapshot, LoaderDatabase.Id database, boolean wanted) {}
