package dev.descent.fault;

import java.util.List;

/// Nothing has this name.
public class NotFound extends Fault {

    public NotFound(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
