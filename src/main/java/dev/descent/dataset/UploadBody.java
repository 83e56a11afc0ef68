package dev.descent.dataset;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents what an upload may be and say about itself: the body's two forms, and the options.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@RequestBody(
        required = true,
        content = {
            @Content(
                    mediaType = "text/csv",
                    schema = @Schema(type = "string"),
                    examples =
                            @ExampleObject(
                                    name = "Four rows",
                                    value =
                                            "width,height,kind\n1.5,2,door\n0.8,1,window\n1.6,2.1,door\n0.9,1.2,window\n")),
            @Content(mediaType = "application/gzip", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary")),
            @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = UploadForm.class))
        })
@Parameter(
        name = "name",
        in = ParameterIn.QUERY,
        description = "What to call the dataset; the file's name when left out",
        schema = @Schema(type = "string", maxLength = 200))
@Parameter(
        name = "header",
        in = ParameterIn.QUERY,
        description = "Whether the first line names the columns; `auto` compares it with the lines below",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"auto", "present", "absent"}))
@Parameter(
        name = "delimiter",
        in = ParameterIn.QUERY,
        description = "The one character between fields, or `tab`; a comma when left out",
        schema = @Schema(type = "string"))
@Parameter(
        name = "decimal",
        in = ParameterIn.QUERY,
        description = "What stands between a number's whole and its fraction; a point when left out",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {".", ","}))
@Parameter(
        name = "missing",
        in = ParameterIn.QUERY,
        description =
                "Texts that mean a missing value beside the empty one, with commas between them, as in `NA,?`; of these an array knows `NaN`",
        schema = @Schema(type = "string"))
@Parameter(
        name = "types",
        in = ParameterIn.QUERY,
        description = "Columns whose type is not to be inferred, as in `x:numeric,label:categorical`",
        schema = @Schema(type = "string"))
@interface UploadBody {}
