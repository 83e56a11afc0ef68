package dev.descent.fault;

import java.util.List;

/// The request is larger than a limit, which the message names.
public class TooLarge extends Fault {

    public TooLarge(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
