// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.invalidator.reload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to SIGHUP, which otherwise ends the process. Java has no API of its own for signals; the one of its module
 * {@code jdk.unsupported} is reached by name, so that a Java without it still runs.
 */
public final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /**
     * Runs the action at each SIGHUP, in a thread of its own, from now on.
     *
     * @return false if this platform has no such signal, or it is taken, or ignored since the process was started
     */
    public static boolean runs(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object former = signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("HUP"),
                            Proxy.newProxyInstance(
                                    handler.getClassLoader(), new Class<?>[] {handler}, calling(action)));
            if (former == handler.getField("SIG_IGN").get(null)) {
                // Java does not listen to it either, then.
                LOG.info("SIGHUP is ignored, as nohup starts a process so; POST /reload reloads the mapping");
                return false;
            }
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.info("SIGHUP does not reload the mapping on this Java or platform; POST /reload does");
            return false;
        }
    }

    private static InvocationHandler calling(Runnable action) {
        return (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "handle" -> action.run();
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                default -> {
                    return "SIGHUP";
                }
            }
            return null;
        };
    }
}
