package dev.descent.fault;

import java.util.List;

/// The body is of a kind that this operation does not read.
public class UnsupportedForm extends Fault {

    public UnsupportedForm(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
