package dev.descent.web.json;

import org.jspecify.annotations.Nullable;

/// Where in a document a value stands. Cheap to make for every element; a JSON Pointer (RFC 6901) only when printed.
final class Place {

    private final @Nullable Place parent;
    private final String name;
    private final int index;

    private Place(@Nullable Place parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /// The place that `pointer`, already a JSON Pointer, names.
    static Place at(String pointer) {
        return new Place(null, pointer, -1);
    }

    Place property(String child) {
        return new Place(this, child, -1);
    }

    Place element(int child) {
        return new Place(this, "", child);
    }

    /// What to call the value in a sentence: its own name, or where it stands when it has none.
    String subject() {
        if (parent == null) {
            return name.isEmpty() ? "the body" : name;
        }
        return index < 0 ? name : this.toString();
    }

    @Override
    public String toString() {
        var pointer = new StringBuilder();
        appendTo(pointer);
        return pointer.toString();
    }

    private void appendTo(StringBuilder pointer) {
        if (parent == null) {
            pointer.append(name);
            return;
        }
        parent.appendTo(pointer);
        pointer.append('/');
        if (index < 0) {
            pointer.append(name.replace("~", "~0").replace("/", "~1"));
        } else {
            pointer.append(index);
        }
    }
}
