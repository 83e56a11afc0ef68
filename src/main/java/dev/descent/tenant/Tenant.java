package dev.descent.tenant;

import java.util.regex.Pattern;

/// Whose a thing is. Everything that is kept belongs to one tenant, and does not exist for the others.
///
/// A controller gets the tenant that asks as an argument, and hands it on; whoever works on a job has it from the job's
/// row. No name can be empty: the empty one is the queue's own.
public record Tenant(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /// Whom everything belongs to while no tenants are configured.
    public static final Tenant DEFAULT = new Tenant("default");

    public Tenant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a tenant's name is 1 to 63 small letters, digits and dashes, and begins with no dash");
        }
    }
}
