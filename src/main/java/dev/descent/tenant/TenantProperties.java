package dev.descent.tenant;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param tenants what [Account] reads, by name; with none, no key is asked for. Not bound to a type: what is misspelt
/// would be passed over, and a service whose only tenant is misspelt would stand open.
@ConfigurationProperties("descent")
record TenantProperties(@DefaultValue Map<String, Object> tenants) {}
