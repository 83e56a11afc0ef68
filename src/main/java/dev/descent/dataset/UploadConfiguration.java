package dev.descent.dataset;

import dev.descent.storage.DataDirectory;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/// Forms go to the disk part by part, in the data directory, and only for operations that ask for them.
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    @Bean
    MultipartConfigElement multipartConfig(UploadProperties properties, DataDirectory directory) {
        long file = properties.maximumBytes().toBytes();
        String folder = directory.temporary().toAbsolutePath().toString();
        return new MultipartConfigElement(folder, file, file + Upload.FORM.toBytes(), 0);
    }

    /// A client that asks first (`Expect: 100-continue`) hears of a refusal before it sends the body.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> askedFirst() {
        return server ->
                server.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    @Bean
    MultipartResolver multipartResolver() {
        var resolver = new StandardServletMultipartResolver();
        resolver.setResolveLazily(true);
        resolver.setStrictServletCompliance(true);
        return resolver;
    }
}
