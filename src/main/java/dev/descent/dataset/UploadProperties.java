package dev.descent.dataset;

import dev.descent.core.data.TableLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How large uploads and the tables in them may be.
///
/// @param maximumBytes of the uploaded file
/// @param maximumField characters of one field
/// @param maximumCategories different texts of one column
@ConfigurationProperties("descent.upload")
record UploadProperties(
        @DefaultValue("512MB") DataSize maximumBytes,
        @DefaultValue("10000000") long maximumRows,
        @DefaultValue("10000") int maximumColumns,
        @DefaultValue("65536") int maximumField,
        @DefaultValue("10000") int maximumCategories) {

    UploadProperties {
        require("maximum-bytes", maximumBytes.toBytes());
        require("maximum-rows", maximumRows);
        require("maximum-columns", maximumColumns);
        require("maximum-field", maximumField);
        require("maximum-categories", maximumCategories);
    }

    private static void require(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("descent.upload." + name + " must be greater than 0, not " + value);
        }
    }

    TableLimits limits() {
        return new TableLimits(maximumRows, maximumColumns, maximumField, maximumCategories);
    }
}
