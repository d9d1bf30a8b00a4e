package io.thetascope.gateway.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.thetascope.contracts.json.Json;
import java.io.UncheckedIOException;

/** A report as JSON: absent numbers are {@code null}, and equal reports are equal bytes. */
public final class ReportJson {
    private static final ObjectMapper MAPPER = Json.newMapper()
            .setDefaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ReportJson() {}

    /** Writes a report, or a section of it, as UTF-8. */
    public static byte[] bytes(Object section) {
        try {
            return MAPPER.writeValueAsBytes(section);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write the report as JSON", e);
        }
    }
}
