// Copyright The Freshet Authors
// SPDX-License-Identifier: Apache-2.0
package dev.freshet.model.mapping.function;

import dev.freshet.model.mapping.value.TimeText;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Formats a date or a time stamp as {@code to_char} does, for the fields of {@link TimeField}. */
final class TimeFormat implements ColumnFunction {
    private final List<Piece> pieces;
    /** The time zone to convert to; null to leave the value as it is printed, in UTC. */
    private final ZoneId zone;

    /** Literal text, or a field. */
    private record Piece(String text, TimeField field) {}

    private TimeFormat(List<Piece> pieces, ZoneId zone) {
        this.pieces = pieces;
        this.zone = zone;
    }

    static TimeFormat of(String pattern, String zone) throws FunctionException {
        return new TimeFormat(pieces(pattern), zone == null ? null : zone(zone));
    }

    private static ZoneId zone(String name) throws FunctionException {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new FunctionException(
                    "unknown time zone '" + name + "'; expected a name such as UTC or Europe/Berlin",
                    name,
                    new TreeSet<>(ZoneId.getAvailableZoneIds()));
        }
        return ZoneId.of(name);
    }

    private static List<Piece> pieces(String pattern) throws FunctionException {
        var pieces = new ArrayList<Piece>();
        boolean fields = false;
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            Optional<TimeField> field = TimeField.at(pattern, i);
            if (field.isPresent()) {
                pieces.add(new Piece(null, field.get()));
                fields = true;
                i += field.get().name().length();
            } else if (c == '"') {
                int end = pattern.indexOf('"', i + 1);
                if (end < 0) {
                    throw new FunctionException("pattern '" + pattern + "': '\"' has no end");
                }
                pieces.add(new Piece(pattern.substring(i + 1, end), null));
                i = end + 1;
            } else if (Character.isLetter(c)) {
                throw new FunctionException("pattern '" + pattern + "': no field begins with '" + pattern.substring(i)
                        + "'; expected one of " + TimeField.all() + ", or other text in double quotes");
            } else {
                pieces.add(new Piece(String.valueOf(c), null));
                i++;
            }
        }
        if (!fields) {
            throw new FunctionException(
                    "pattern '" + pattern + "' has no field; expected at least one of " + TimeField.all());
        }
        return List.copyOf(pieces);
    }

    /** No text for infinity, years before Christ, and what is no date or time stamp: programs print these in many ways. */
    @Override
    public List<String> of(String value) {
        return TimeText.read(value, zone)
                .filter(time -> time.getYear() > 0)
                .map(time -> List.of(text(time)))
                .orElse(List.of());
    }

    private String text(LocalDateTime time) {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text() == null ? piece.field().of(time) : piece.text()));
        return text.toString();
    }
}
