// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.lab.race.fault;

import dev.freshet.devservices.PostgresServer;
import dev.freshet.devservices.TestDatabase;
import dev.freshet.devservices.stack.ServiceProcess;
import dev.freshet.devservices.stack.Stack;
import dev.freshet.lab.race.fleet.Fleet;
import dev.freshet.lab.race.redis.RedisConnection;
import dev.freshet.lab.race.redis.RedisDisturbance;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The faults that can be injected in a run. */
public final class Faults {
    /** Commits reach the change stream before they are visible. */
    public static final String STALL = "stall-visibility";

    private static final String SLOT = "freshet";
    private static final List<String> FAILOVERS = List.of("fail-over-redis", "kill-redis-master");
    private static final int DROP_ATTEMPTS = 200;
    private static final int STALL_MILLIS = 2_000;

    private final ServiceProcess invalidator;
    private final PostgresServer postgres;
    private final RedisMaster redis;
    private final RedisConnection link;
    private final TestDatabase superuser;
    private final RedisDisturbance disturbance;
    private final FleetFaults fleet;
    private final Random random;

    private Faults(
            ServiceProcess invalidator,
            PostgresServer postgres,
            RedisMaster redis,
            RedisConnection link,
            TestDatabase superuser,
            RedisDisturbance disturbance,
            FleetFaults fleet,
            Random random) {
        this.invalidator = invalidator;
        this.postgres = postgres;
        this.redis = redis;
        this.link = link;
        this.superuser = superuser;
        this.disturbance = disturbance;
        this.fleet = fleet;
        this.random = random;
    }

    /** @param link a connection to the stack's Redis, with all permissions */
    public static Faults of(
            Stack stack, RedisConnection link, RedisDisturbance disturbance, Fleet fleet, Random random) {
        var master = stack.sentinel() == null
                ? new StandaloneMaster(stack.redis())
                : new SentinelMaster(stack.sentinel(), link);
        return new Faults(
                stack.invalidator(),
                stack.postgres(),
                master,
                link,
                stack.database(),
                disturbance,
                new FleetFaults(fleet, random),
                random);
    }

    /**
     * The names of the faults, in the order in which they are listed.
     *
     * @param sentinel whether Redis has a replica and Sentinels
     * @param fleet whether there are processes that take leases
     */
    public static List<String> names(boolean sentinel, boolean fleet) {
        var names = new ArrayList<>(List.of(
                "kill-invalidator",
                "pause-invalidator",
                "kill-walsender",
                "drop-slot",
                "drop-slot-while-down",
                STALL,
                "crash-postgresql",
                "flush-redis",
                "restart-redis",
                "restart-redis-empty",
                "restart-redis-from-the-past"));
        if (sentinel) {
            names.addAll(FAILOVERS);
        }
        if (fleet) {
            names.addAll(FleetFaults.NAMES);
        }
        return names;
    }

    /** Returns the name, if there is such a fault; otherwise throws. */
    public static String known(String name, boolean sentinel, boolean fleet) {
        if (!names(sentinel, fleet).contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is not a fault "
                    + (sentinel ? "with Sentinels" : "with one Redis")
                    + (fleet ? "" : ", without processes that take leases")
                    + "; expected one of " + String.join(", ", names(sentinel, fleet)));
        }
        return name;
    }

    /** The fault with this name. */
    Fault named(String name) {
        return switch (name) {
            case "kill-invalidator" -> new ActionFault(name, this::killInvalidator);
            case "pause-invalidator" -> new ActionFault(name, this::pauseInvalidator);
            case "kill-walsender" -> new ActionFault(name, this::killWalsender);
            case "drop-slot" -> new ActionFault(name, this::dropSlot);
            case "drop-slot-while-down" -> new ActionFault(name, this::dropSlotWhileDown);
            case STALL -> new ActionFault(name, this::stallVisibility);
            case "crash-postgresql" -> new ActionFault(name, this::crashPostgres);
            case "flush-redis" -> new ActionFault(name, () -> disturbing(redis::flush));
            case "restart-redis" -> new ActionFault(name, () -> restart(0));
            case "restart-redis-empty" -> new ActionFault(name, this::restartEmpty);
            case "fail-over-redis" -> new ActionFault(name, () -> disturbing(watched()::failOver));
            case "kill-redis-master" -> new ActionFault(name, this::killMaster);
            case "restart-redis-from-the-past" -> new ActionFault(name, () -> restart(500 + random.nextInt(1_500)));
            case FleetFaults.KILL -> new ActionFault(name, fleet::killReader);
            case FleetFaults.KILL_HOLDER -> new ActionFault(name, fleet::killLeaseHolder);
            case FleetFaults.PAUSE_HOLDER -> new ActionFault(name, fleet::pauseLeaseHolder);
            default -> throw new IllegalArgumentException("'" + name + "' is not a fault");
        };
    }

    /** Sends SIGKILL. Starts the invalidator again a while later. */
    private void killInvalidator() throws InterruptedException {
        invalidator.kill();
        Thread.sleep(random.nextInt(1_000));
        invalidator.startAgain();
    }

    /** Stops the process for a while; it does not notice. */
    private void pauseInvalidator() throws InterruptedException {
        invalidator.signal("STOP");
        try {
            Thread.sleep(500 + random.nextInt(2_000));
        } finally {
            invalidator.signal("CONT");
        }
    }

    private void killWalsender() throws SQLException {
        execute("select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = '" + SLOT
                + "' and active_pid is not null");
    }

    /**
     * Drops the slot while it is in use. Its user is terminated, and the slot is dropped before the next one takes it.
     */
    private void dropSlot() throws SQLException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                killWalsender();
                execute("select pg_drop_replication_slot('" + SLOT + "')");
                return;
            } catch (SQLException e) {
                if (i == DROP_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(5);
            }
        }
    }

    private void dropSlotWhileDown() throws SQLException, InterruptedException {
        invalidator.kill();
        dropSlot();
        Thread.sleep(random.nextInt(1_000));
        invalidator.startAgain();
    }

    /** Commits are written to the WAL but stay invisible: they wait for a synchronous standby that does not exist. */
    private void stallVisibility() throws SQLException, InterruptedException {
        execute("alter system set synchronous_standby_names = 'bench_nobody'", "select pg_reload_conf()");
        try {
            Thread.sleep(STALL_MILLIS);
        } finally {
            execute("alter system reset synchronous_standby_names", "select pg_reload_conf()");
        }
    }

    /** Breaks all connections; PostgreSQL then recovers from its WAL. */
    private void crashPostgres() throws InterruptedException {
        postgres.kill();
        Thread.sleep(random.nextInt(1_000));
        postgres.resume();
    }

    /** Restarts Redis with the data that it held this long ago. */
    private void restart(int millis) throws Exception {
        link.redis().save();
        Thread.sleep(millis);
        disturbing(() -> {
            redis.kill();
            Thread.sleep(random.nextInt(300));
            redis.resume();
        });
    }

    private void restartEmpty() throws Exception {
        disturbing(() -> {
            redis.flush();
            link.redis().save();
            redis.kill();
            redis.resume();
        });
    }

    private void killMaster() throws Exception {
        disturbing(() -> {
            watched().failOverByDeath();
            redis.resume();
        });
    }

    private SentinelMaster watched() {
        return (SentinelMaster) redis;
    }

    private void disturbing(ActionFault.Action action) throws Exception {
        disturbance.disturb();
        try {
            action.run();
            redis.settle();
        } finally {
            disturbance.restore();
        }
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = superuser.connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
