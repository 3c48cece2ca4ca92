// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.plan;

import dev.freshet.core.plan.Eviction;
import dev.freshet.core.plan.Planner;
import dev.freshet.core.plan.TransactionPlanner;
import dev.freshet.core.plan.rows.Lookback;
import dev.freshet.core.plan.rows.Relations;
import dev.freshet.core.stream.RowChange;
import dev.freshet.lab.plan.design.Design;
import dev.freshet.lab.plan.design.Design.Table;
import dev.freshet.lab.plan.design.DesignYaml;
import dev.freshet.lab.plan.design.Tables;
import dev.freshet.lab.plan.episode.Episode;
import dev.freshet.lab.plan.episode.Episode.Transaction;
import dev.freshet.lab.plan.episode.Statement;
import dev.freshet.lab.plan.episode.WalContent;
import dev.freshet.lab.plan.oracle.Oracle;
import dev.freshet.model.mapping.Mapping;
import dev.freshet.model.mapping.TableName;
import dev.freshet.model.mapping.parse.MappingParser;
import dev.freshet.protocol.Lsn;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans the episodes of one design, and compares the evictions with the oracle. */
final class Trial {
    private final Design design;
    private final Planner planner;
    private final Mapping mapping;
    private final Oracle oracle;
    private final OverEvictions overEvictions;

    /** @throws dev.freshet.model.mapping.MappingException if the design has no valid mapping */
    Trial(Design design, OverEvictions overEvictions) {
        this.design = design;
        this.mapping = MappingParser.parse("random.yaml", new StringReader(DesignYaml.of(design)));
        this.planner = new Planner(mapping);
        this.oracle = new Oracle(mapping);
        this.overEvictions = overEvictions;
    }

    /** What became stale but was not evicted, for each transaction; all sets are empty if the planner is right. */
    List<Set<String>> missed(Episode episode) {
        List<Tables> states = new ArrayList<>(List.of(episode.start()));
        List<List<RowChange>> changes = new ArrayList<>();
        for (Transaction transaction : episode.transactions()) {
            Tables after = states.get(states.size() - 1).copy();
            changes.add(run(transaction, after, changes.size() + 1));
            states.add(after);
        }
        List<List<Eviction>> evicted = plan(episode, states, changes);
        return judge(episode, states, evicted);
    }

    List<RowChange> run(Transaction transaction, Tables tables, long number) {
        var changes = new ArrayList<RowChange>();
        for (Statement statement : transaction.statements()) {
            Table table = design.table(statement.table());
            Statement.Effect effect = statement.apply(tables, table);
            if (effect != null) {
                changes.add(WalContent.change(table, statement, effect, number, number));
            }
        }
        return changes;
    }

    private List<List<Eviction>> plan(Episode episode, List<Tables> states, List<List<RowChange>> changes) {
        Planner small =
                episode.capacity() == Planner.DEFAULT_CAPACITY ? planner : new Planner(mapping, episode.capacity());
        Lookback lookback = small.newLookback();
        List<List<Eviction>> evicted = new ArrayList<>();
        int seen = 0;
        for (int i = 0; i < changes.size(); i++) {
            Transaction how = episode.transactions().get(i);
            var evictions = new ArrayList<Eviction>();
            lookback.reached(new Lsn(i));
            seen = Math.min(states.size() - 1, Math.max(seen, i + 1 + how.ahead()));
            var now = new Moving(states.get(seen));
            TransactionPlanner transaction = small.begin(now, lookback);
            List<RowChange> all = changes.get(i);
            for (int from = 0; from < all.size(); ) {
                int to = how.piece() == 0 ? all.size() : Math.min(all.size(), from + how.piece());
                transaction.plan(all.subList(from, to), evictions::add);
                from = to;
                if (how.creeping() && seen < states.size() - 1) {
                    now.tables = states.get(++seen);
                }
            }
            transaction.end(new Lsn(i));
            if (how.dated()) {
                lookback.lookedUpAt(new Lsn(seen));
            }
            evicted.add(evictions);
        }
        return evicted;
    }

    /** The rows that look-ups see. They can move to a later state within a transaction. */
    private static final class Moving implements Relations {
        private Tables tables;

        Moving(Tables tables) {
            this.tables = tables;
        }

        @Override
        public void find(TableName table, List<String> columns, List<List<String>> tuples, Found found) {
            tables.find(table, columns, tuples, found);
        }
    }

    private List<Set<String>> judge(Episode episode, List<Tables> states, List<List<Eviction>> evicted) {
        List<Map<String, Set<String>>> facts = new ArrayList<>();
        states.forEach(state -> facts.add(oracle.facts(state::rows)));
        boolean alone = episode.transactions().stream().allMatch(t -> t.ahead() == 0 && !t.creeping());
        List<Set<String>> missed = new ArrayList<>();
        for (int i = 0; i < evicted.size(); i++) {
            Set<String> stale = Oracle.stale(facts.get(i), facts.get(i + 1));
            // What look-ups saw ahead may be evicted by a later transaction.
            var since = new EvictedTargets(evicted.subList(i, alone ? i + 1 : evicted.size()));
            Set<String> left = new LinkedHashSet<>();
            stale.stream().filter(target -> !since.covers(target)).forEach(left::add);
            missed.add(left);
            Set<String> known = new LinkedHashSet<>(facts.get(i).keySet());
            known.addAll(facts.get(i + 1).keySet());
            overEvictions.count(design, episode, i, stale, known, evicted.get(i));
        }
        return missed;
    }
}
