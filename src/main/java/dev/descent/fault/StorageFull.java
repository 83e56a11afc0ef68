package dev.descent.fault;

import java.util.List;

/// There is no room left to store what was sent; nothing of it was kept.
public class StorageFull extends Fault {

    public StorageFull(String type, String title, String message) {
        super(type, title, message, List.of());
    }
}
