package dev.descent.web.openapi;

import dev.descent.tenant.Tenant;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the description says about the service as a whole.
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String DESCRIPTION = """
            Trains multilayer perceptrons by backpropagation and shows everything that happens inside: every loss, \
            every gradient, every step.

            The way through: put **data** in (generate the parabola, or upload a CSV), describe a **network**, start a \
            **training job**, watch its loss and gradients, and ask the **model** it leaves behind for predictions. \
            Or let a **lesson** do all of this, with the lectures' numbers. Every example below runs as it stands.

            JSON is read strictly: unknown properties, repeated keys, numbers in quotes and numbers that are not finite \
            are refused by name and place. Every failure is an `application/problem+json` document (RFC 9457); its \
            `type` is `https://descent.dev/problems/` and a name that stays. A number that is not finite is written \
            as null.

            Where tenants are configured, every request shows a key, `Authorization: Bearer ...` (the button *Authorize* \
            above), and sees what belongs to that tenant; anything else does not exist.""";

    private static final String KEY = "key";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Tenant.class);
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Descent")
                        .version("1")
                        .description(DESCRIPTION)
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("A tenant's key; asked for only where tenants are configured")))
                .security(List.of(new SecurityRequirement(), new SecurityRequirement().addList(KEY)));
    }
}
