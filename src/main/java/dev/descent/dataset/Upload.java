package dev.descent.dataset;

import dev.descent.fault.Malformed;
import dev.descent.fault.NotStored;
import dev.descent.fault.UnsupportedForm;
import dev.descent.fault.Violation;
import dev.descent.storage.Disk;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/// A file on its way in, as the body of a request or as the part `file` of a form, where a part `labels` may stand
/// beside it.
///
/// @param room promised for it until it is closed
record Upload(Part file, @Nullable Part labels, Disk.Room room) implements AutoCloseable {

    static final String FILE = "file";
    static final String LABELS = "labels";
    private static final Set<String> PARTS = Set.of(FILE, LABELS);

    /// @param filename as the client calls it
    record Part(InputStream bytes, @Nullable String filename) {}

    /// What a form may take beside its file: other fields, the parts' headers.
    static final DataSize FORM = DataSize.ofKilobytes(64);

    /// Refuses what is too large for the service or the disk, or in a form that is not read, before the first byte of
    /// the body.
    static Upload of(HttpServletRequest request, DataSize maximum, Disk disk) throws IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new UnsupportedForm(
                    "unsupported-media-type",
                    "Unsupported media type",
                    "compressed bodies are not read; send the file as it is");
        }
        if (request.getContentType() == null) {
            // to Spring that would be application/octet-stream
            throw new UnsupportedForm(
                    "unsupported-media-type", "Unsupported media type", "the request says no Content-Type");
        }
        MediaType type = MediaType.parseMediaType(request.getContentType());
        boolean form = MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type);
        long limit = maximum.toBytes() + (form ? FORM.toBytes() : 0);
        if (request.getContentLengthLong() > limit) {
            throw new UploadTooLarge(maximum.toBytes());
        }
        // what is sent, the same once more in a form, and the table made of it
        Disk.Room room = disk.reserve(Math.max(0, request.getContentLengthLong()) * (form ? 3 : 2));
        try {
            return form ? ofForm(request, maximum, room, disk) : ofBody(request, type, room);
        } catch (IOException | RuntimeException e) {
            room.close();
            throw e;
        }
    }

    private static Upload ofBody(HttpServletRequest request, MediaType type, Disk.Room room) throws IOException {
        String charset = type.getParameter("charset");
        if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("us-ascii")) {
            throw new UnsupportedForm(
                    "unsupported-media-type", "Unsupported media type", "CSV is read as UTF-8 only, not as " + type);
        }
        return new Upload(new Part(request.getInputStream(), null), null, room);
    }

    private static Upload ofForm(HttpServletRequest request, DataSize maximum, Disk.Room room, Disk disk)
            throws IOException {
        var form = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        if (form == null) {
            throw malformed("the body is not a form");
        }
        try {
            MultiValueMap<String, MultipartFile> files = form.getMultiFileMap();
            if (!files.containsKey(FILE)) {
                String message = "the form has no part file with a filename";
                throw new Malformed(
                        "missing-part", "Missing part", message, List.of(new Violation(FILE, "required", message)));
            }
            if (!PARTS.containsAll(files.keySet())) {
                throw malformed("the form has a part with a filename that is neither file nor labels");
            }
            requireKnown(form.getParameterMap());
            return new Upload(
                    part(FILE, files.get(FILE)),
                    files.containsKey(LABELS) ? part(LABELS, files.get(LABELS)) : null,
                    room);
        } catch (MaxUploadSizeExceededException e) {
            throw new UploadTooLarge(maximum.toBytes());
        } catch (MultipartException e) {
            NotStored refused = disk.failedIfDisk(e);
            if (refused != null) {
                throw refused;
            }
            throw malformed("the body is no multipart/form-data that can be read to its end");
        }
    }

    private static Part part(String name, List<MultipartFile> files) throws IOException {
        if (files.size() > 1) {
            throw malformed("the form has " + files.size() + " parts " + name);
        }
        MultipartFile file = files.getFirst();
        return new Part(file.getInputStream(), file.getOriginalFilename());
    }

    /// A form's fields are the options, each given once, here or in the query.
    private static void requireKnown(Map<String, String[]> fields) {
        fields.forEach((name, values) -> {
            if (!UploadOptions.NAMES.contains(name)) {
                throw malformed("the form has a field that is no option of an upload");
            }
            if (values.length > 1) {
                throw malformed("the option " + name + " is given " + values.length + " times");
            }
        });
    }

    private static Malformed malformed(String message) {
        return new Malformed("malformed-request", "Malformed request", message, List.of());
    }

    @Override
    public void close() throws IOException {
        room.close();
        file.bytes.close();
        if (labels != null) {
            labels.bytes.close();
        }
    }
}
