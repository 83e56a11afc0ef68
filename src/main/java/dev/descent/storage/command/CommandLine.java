package dev.descent.storage.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands after a command's name: options with a value (`--name value` or `--name=value`), flags, and the rest.
record CommandLine(List<String> rest, Map<String, String> values, Set<String> flags) {

    /// Refuses every option that is neither among `valued` nor among `flags`.
    static CommandLine parse(List<String> arguments, Set<String> valued, Set<String> flags) {
        List<String> rest = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                rest.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            name = name.startsWith("descent.") ? name.substring("descent.".length()) : name;
            if (flags.contains(name) && equals < 0) {
                given.add(name);
            } else if (!valued.contains(name)) {
                throw new UsageError("there is no option --" + name);
            } else if (equals >= 0) {
                values.put(name, argument.substring(equals + 1));
            } else if (i + 1 < arguments.size()) {
                values.put(name, arguments.get(++i));
            } else {
                throw new UsageError("--" + name + " takes a value");
            }
        }
        return new CommandLine(rest, values, given);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /// The option `name`, or else the environment's variable that the service reads in its place.
    @Nullable
    String value(String name, String variable, Map<String, String> environment) {
        String value = values.get(name);
        return value != null ? value : environment.get(variable);
    }

    /// The one argument that is no option and stands at `index`.
    Path path(int index, String what) {
        if (rest.size() <= index) {
            throw new UsageError("it is not said " + what);
        }
        return Path.of(rest.get(index)).toAbsolutePath().normalize();
    }

    void requireAtMost(int arguments) {
        if (rest.size() > arguments) {
            throw new UsageError("there is no use for '" + rest.get(arguments) + "'");
        }
    }
}
