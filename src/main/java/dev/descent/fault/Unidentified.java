package dev.descent.fault;

import java.util.List;

/// Nobody whom the service knows asks for this.
public class Unidentified extends Fault {

    public Unidentified(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
