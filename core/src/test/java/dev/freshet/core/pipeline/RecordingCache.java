// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.core.pipeline;

import dev.freshet.core.cache.Cache;
import dev.freshet.core.cache.Claim;
import dev.freshet.core.cache.EvictionReport;
import dev.freshet.core.cache.EvictorStatus;
import dev.freshet.core.cache.Losses;
import dev.freshet.core.cache.Master;
import dev.freshet.core.cache.Masters;
import dev.freshet.core.cache.Owner;
import dev.freshet.core.cache.Position;
import dev.freshet.core.cache.PurgeProgress;
import dev.freshet.core.cache.Standing;
import dev.freshet.core.plan.Eviction;
import dev.freshet.model.mapping.pattern.KeyPatterns;
import dev.freshet.protocol.Lsn;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One master in memory, which writes down what it is told to do; it holds no entries. */
final class RecordingCache implements Cache {
    private final Consumer<String> told;
    private String master = "first";
    private Optional<Position> position = Optional.empty();
    private String publishedOn;
    private String mapping;
    private Lsn acceptedElsewhere;

    /** @param told of each step before it is done; may throw */
    RecordingCache(Consumer<String> told) {
        this.told = told;
    }

    /** Another server takes its place, with what it was told so far, or with nothing. */
    void failOver(Optional<Position> known) {
        master = "second";
        position = known;
    }

    /** There is a further target, which has accepted all up to there. */
    void acceptedElsewhere(Lsn lsn) {
        acceptedElsewhere = lsn;
    }

    Optional<Position> position() {
        return position;
    }

    @Override
    public EvictionReport evict(Collection<? extends Eviction> evictions) {
        told.accept("evict " + evictions.stream().map(Eviction::name).toList());
        return new EvictionReport(evictions.size(), 0, 0, 0, List.of(), Duration.ZERO);
    }

    @Override
    public boolean publish(Position next, Masters on, Masters heldAt) {
        told.accept("publish " + next.lsn());
        if (!on.all().get(0).identity().equals(master)) {
            return false;
        }
        position = Optional.of(next);
        publishedOn = master;
        mapping = next.contract().mapping();
        return true;
    }

    @Override
    public Lsn acknowledgeable(Lsn done) {
        return acceptedElsewhere != null && acceptedElsewhere.isBefore(done) ? acceptedElsewhere : done;
    }

    @Override
    public void withdraw() {
        told.accept("withdraw");
        position = Optional.empty();
    }

    @Override
    public void purge(Collection<String> keyGlobs, PurgeProgress progress) {
        told.accept("purge");
    }

    @Override
    public void dropFenceSets() {
        told.accept("drop fence sets");
    }

    @Override
    public Masters masters() {
        var standing = new Standing(Optional.empty(), null, 0, mapping, null, null);
        return new Masters(
                List.of(new Master("~position", master, 0, position, Optional.empty(), publishedOn, standing)));
    }

    @Override
    public List<Optional<String>> mappings(Masters of) {
        return List.of(Optional.empty());
    }

    @Override
    public void recognise(KeyPatterns known) {}

    @Override
    public boolean claim(Claim now, Owner own, boolean takeOver) {
        return true;
    }

    @Override
    public Losses beginReading(String process, String place, int enough, boolean again) {
        return new Losses(0, enough);
    }

    @Override
    public void endReading(String process) {}

    @Override
    public EvictorStatus status() {
        throw new UnsupportedOperationException();
    }
}
