// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.parse;

import dev.freshet.model.mapping.Hint;
import dev.freshet.model.mapping.Reference;
import dev.freshet.model.mapping.Step;
import dev.freshet.model.mapping.Step.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves the steps of a path. */
final class StepResolver {
    private static final Pattern STEP = Pattern.compile("([^\\s.{}()]+)(?:\\(([^\\s.{}()]+)\\))?");

    private final Map<String, EntityDraft> entities;

    StepResolver(Map<String, EntityDraft> entities) {
        this.entities = entities;
    }

    boolean isEntity(String name) {
        return entities.containsKey(name);
    }

    /** A path is invalid. The message says why. */
    static class PathException extends Exception {
        PathException(String message) {
            super(message);
        }
    }

    /** Two consecutive entities of a path do not refer to each other. */
    static final class NoReferenceException extends PathException {
        private final String from;
        private final String to;

        NoReferenceException(String from, String to) {
            super("no step '" + to + "' leads on from " + from + ", as neither refers to the other; expected "
                    + "'references: { " + from + ": <column> }' in " + to + ", or 'references: { " + to
                    + ": <column> }' in " + from);
            this.from = from;
            this.to = to;
        }

        String from() {
            return from;
        }

        String to() {
            return to;
        }
    }

    /** Resolves the steps of a path that starts at an entity. */
    List<Step> resolve(EntityDraft start, List<String> texts) throws PathException {
        var steps = new ArrayList<Step>();
        EntityDraft here = start;
        for (String text : texts) {
            Step step = step(here, text);
            steps.add(step);
            here = entities.get(step.entity());
        }
        return steps;
    }

    private Step step(EntityDraft here, String text) throws PathException {
        for (Times times : List.of(Times.ANY, Times.SOME)) {
            if (text.endsWith(times.sign())) {
                return repeated(here, text, times);
            }
        }
        return single(here, text);
    }

    private Step repeated(EntityDraft here, String text, Times times) throws PathException {
        Step step = single(here, text.substring(0, text.length() - 1));
        if (!step.entity().equals(here.name())) {
            throw new PathException("step '" + text + "' repeats, but leads from " + here.name() + " to "
                    + step.entity() + "; expected a step that leads back to " + here.name());
        }
        return step.taken(times);
    }

    private Step single(EntityDraft here, String text) throws PathException {
        Matcher matcher = STEP.matcher(text);
        if (!matcher.matches()) {
            throw new PathException("'" + text + "' is no step: expected a name, or entity(reference)");
        }
        String name = matcher.group(1);
        String chosen = matcher.group(2);
        if (chosen == null && here.references().containsKey(name)) {
            return Step.along(here.references().get(name));
        }
        List<Reference> pointingHere = pointingAt(here, name);
        if (chosen != null) {
            return pointingHere.stream()
                    .filter(reference -> reference.name().equals(chosen))
                    .findFirst()
                    .map(reference -> Step.against(text, name, reference))
                    .orElseThrow(() -> unknown(here, text));
        }
        if (pointingHere.isEmpty()) {
            throw entities.containsKey(name) && !refersTo(here, name)
                    ? new NoReferenceException(here.name(), name)
                    : unknown(here, text);
        }
        if (pointingHere.size() > 1) {
            throw new PathException("step '" + text + "' from " + here.name() + " is ambiguous; expected one of "
                    + String.join(", ", spelled(name, pointingHere)));
        }
        return Step.against(text, name, pointingHere.get(0));
    }

    /** Whether a reference points at the entity, whatever its name. */
    private static boolean refersTo(EntityDraft here, String entity) {
        return here.references().values().stream()
                .anyMatch(reference -> reference.entity().equals(entity));
    }

    private List<Reference> pointingAt(EntityDraft here, String entity) {
        EntityDraft other = entities.get(entity);
        return other == null
                ? List.of()
                : other.references().values().stream()
                        .filter(reference -> reference.entity().equals(here.name()))
                        .toList();
    }

    private PathException unknown(EntityDraft here, String text) {
        return new PathException(
                "no step '" + text + "' leads on from " + here.name() + "; " + Hint.of(text, possible(here)));
    }

    private List<String> possible(EntityDraft here) {
        var possible = new ArrayList<>(here.references().keySet());
        for (String entity : entities.keySet()) {
            List<Reference> pointingHere = pointingAt(here, entity);
            if (pointingHere.size() == 1 && !here.references().containsKey(entity)) {
                possible.add(entity);
            } else {
                possible.addAll(spelled(entity, pointingHere));
            }
        }
        return possible;
    }

    private static List<String> spelled(String entity, List<Reference> references) {
        return references.stream()
                .map(reference -> entity + "(" + reference.name() + ")")
                .toList();
    }
}
