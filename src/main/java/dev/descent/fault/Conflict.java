package dev.descent.fault;

import java.util.List;

/// The request is right in itself, but not in the state its object is in.
public class Conflict extends Fault {

    public Conflict(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
