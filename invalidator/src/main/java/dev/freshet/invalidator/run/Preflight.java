// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.run;

import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Position;
import dev.freshet.core.pipeline.FormerMapping;
import dev.freshet.core.pipeline.Gap;
import dev.freshet.core.pipeline.StartPoint;
import dev.freshet.core.pipeline.UnreadableException;
import dev.freshet.core.source.ServerIdentity;
import dev.freshet.core.source.SlotInfo;
import dev.freshet.postgres.connection.JdbcServerIdentity;
import dev.freshet.postgres.setup.PublicationIdentity;
import dev.freshet.protocol.Contract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What comes before the stream, in its order: the lock, the namespace, the source, and a purge if changes may have been missed. */
final class Preflight {
    private final RunSettings settings;
    private final RunParts parts;
    private final Connection control;
    private final SourcePreparation source;
    private Contract contract;

    Preflight(RunSettings settings, RunParts parts, Connection control) {
        this.settings = settings;
        this.parts = parts;
        this.control = control;
        this.source = new SourcePreparation(settings, parts, control);
    }

    /** Slot first, purge second, serve third. */
    StartPoint start() throws SQLException, InterruptedException {
        new Standby(settings, parts, control, source).awaitLock();
        new Ownership(settings, parts, control).claim();
        // Asked for before the look that finds nothing lacking: a change behind that look is noticed by the gate.
        String publication = PublicationIdentity.read(control, source.names());
        boolean mended = false;
        while (source.prepare()) {
            mended = true;
            publication = PublicationIdentity.read(control, source.names());
        }
        SlotInfo slot = source.awaitFree();
        Optional<UnreadableException> unreadable = due();
        if (unreadable.isPresent()) {
            slot = source.moveBehind(unreadable.get(), slot);
        }
        ServerIdentity server = JdbcServerIdentity.read(control);
        contract = settings.contract(parts.view().coverage(control));
        Masters masters = parts.cache().masters();
        FormerMapping former = FormerMapping.read(parts.cache(), masters, settings.meaning());
        Optional<Gap> gap = unreadable.isPresent()
                ? unreadable.map(changes -> new Gap(Gap.Kind.UNREADABLE, changes.getMessage()))
                : Gap.find(mended, slot, server, publication, masters);
        if (gap.isEmpty()) {
            gap = former.gap();
        }
        var cache = new StartPurge(settings, parts, control, contract);
        if (gap.isPresent()) {
            StartPoint start = cache.purge(gap.get(), former, slot, server, publication, masters);
            if (unreadable.isPresent()) {
                parts.unreadable().skipped(slot.confirmedLsn(), parts.clock().instant());
                parts.metrics().skipped();
            }
            return start;
        }
        Position known = masters.position().orElseThrow();
        if (!former.isSame()) {
            cache.adopt(former, known, masters);
        }
        return new StartPoint(slot.confirmedLsn(), known.origin(), masters, known.lsn());
    }

    /** Changes to give up, unless another instance has got past them since. */
    private Optional<UnreadableException> due() throws InterruptedException {
        Optional<UnreadableException> due = parts.unreadable().due();
        if (due.isEmpty()) {
            return due;
        }
        boolean read = parts.cache()
                .masters()
                .position()
                .filter(position -> position.lsn().isAfter(due.get().position()))
                .isPresent();
        if (read) {
            parts.unreadable().wereRead();
        }
        return parts.unreadable().due();
    }

    /** What readers are promised, by the tables as they were at the start. */
    Contract contract() {
        return contract;
    }

    /** What PostgreSQL must have, while the stream runs as well. */
    SourcePreparation source() {
        return source;
    }
}
