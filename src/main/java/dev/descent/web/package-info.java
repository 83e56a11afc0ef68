/// How the service speaks HTTP: its JSON, its problem documents, its OpenAPI description and its start page.
@NullMarked
package dev.descent.web;

import org.jspecify.annotations.NullMarked;
