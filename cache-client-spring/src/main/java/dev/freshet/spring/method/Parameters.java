// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.spring.method;

import dev.freshet.spring.FreshetSetupException;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.util.ClassUtils;

/** The parameters of a method, by name. */
final class Parameters {
    private static final Set<Class<?>> OF_IDS =
            Set.of(String.class, Long.class, Integer.class, Short.class, BigInteger.class, UUID.class);

    private final Class<?>[] types;
    private final List<String> names;
    private final String where;

    Parameters(Method method, String where) {
        this.types = method.getParameterTypes();
        this.where = where;
        var found = new DefaultParameterNameDiscoverer().getParameterNames(method);
        this.names = found == null ? null : Arrays.asList(found);
    }

    /** The places of parameters that tell ids, in this order. */
    int[] places(List<String> wanted, String what) {
        return wanted.stream().mapToInt(name -> place(name, what)).toArray();
    }

    /** The place of a parameter that tells an id. */
    int place(String name, String what) {
        if (names == null) {
            throw new FreshetSetupException(
                    "The names of the parameters of " + where + " are not in its class file.",
                    "Compile with -parameters.");
        }
        int place = names.indexOf(name);
        if (place < 0) {
            throw new FreshetSetupException(
                    where + " has no parameter '" + name + "', which is named as " + what + "; it has " + names + ".",
                    "Name one of its parameters.");
        }
        return requireId(place, what);
    }

    /** All but one. */
    int[] allBut(int owner, String what) {
        return IntStream.range(0, types.length)
                .filter(place -> place != owner)
                .map(place -> requireId(place, what))
                .toArray();
    }

    /** The places of parameters that are none of these; they are part of an entry's name. */
    int[] others(int[] id, int owner) {
        var others = new ArrayList<Integer>();
        for (int place = 0; place < types.length; place++) {
            int here = place;
            if (place != owner && IntStream.of(id).noneMatch(one -> one == here)) {
                others.add(requirePlain(place));
            }
        }
        return others.stream().mapToInt(Integer::intValue).toArray();
    }

    private int requireId(int place, String what) {
        if (!OF_IDS.contains(boxed(place))) {
            throw new FreshetSetupException(
                    "Parameter " + place + " of " + where + " is " + what + " and of type " + types[place].getName()
                            + ", whose text nobody knows to be PostgreSQL's.",
                    "Take text, a whole number or a UUID; or name the parameters of the id in @CachedView, or give @Cacheable"
                            + " a key that is one of these, such as key = \"#order.id\".");
        }
        return place;
    }

    private int requirePlain(int place) {
        var type = boxed(place);
        if (!OF_IDS.contains(type) && type != Boolean.class && !type.isEnum()) {
            throw new FreshetSetupException(
                    "Parameter " + place + " of " + where + " is of type " + types[place].getName()
                            + ", which cannot be part of an entry's name.",
                    "Take text, a whole number, a UUID, a boolean or an enum; or give @Cacheable a key.");
        }
        return place;
    }

    private Class<?> boxed(int place) {
        return ClassUtils.resolvePrimitiveIfNecessary(types[place]);
    }
}
