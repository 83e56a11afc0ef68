package dev.descent.fault;

import java.util.List;

/// What was stored is not what was written; nothing is answered from it.
public class Damaged extends Fault {

    public Damaged(String message) {
        super("data-corrupt", "Stored data is damaged", message, List.of());
    }
}
