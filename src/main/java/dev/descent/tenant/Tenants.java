package dev.descent.tenant;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// The tenants that were configured. Of their keys only hashes are known here.
@Component
public class Tenants {

    private static final String PROPERTY = "descent.tenants.";

    private final Map<Tenant, Account> accounts = new HashMap<>();

    Tenants(TenantProperties properties) {
        properties.tenants().forEach((name, settings) -> {
            Account account = Account.read(PROPERTY + name, settings);
            if (owner(account.keySha256()).isPresent()) {
                throw new IllegalArgumentException(PROPERTY + name + " has the key of another tenant");
            }
            accounts.put(new Tenant(name), account);
        });
    }

    /// Whether nobody needs a key, and everything belongs to [Tenant#DEFAULT].
    public boolean none() {
        return accounts.isEmpty();
    }

    /// Whose key this is. How long that takes says nothing about the keys.
    public Optional<Tenant> withKey(byte[] key) {
        return owner(sha256(key));
    }

    /// How many jobs of `tenant` may wait; as many as the queue takes where nothing else is said.
    public int queued(Tenant tenant) {
        Account account = accounts.get(tenant);
        return account == null ? Integer.MAX_VALUE : account.queued();
    }

    private Optional<Tenant> owner(byte[] hash) {
        Optional<Tenant> found = Optional.empty();
        for (var each : accounts.entrySet()) {
            if (MessageDigest.isEqual(each.getValue().keySha256(), hash)) {
                found = Optional.of(each.getKey());
            }
        }
        return found;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
