package io.thetascope.contracts.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes NaN and the infinities as {@code null}, which JSON has and they are not. */
final class FiniteNumbers extends SimpleModule {
    private static final long serialVersionUID = 1L;

    FiniteNumbers() {
        addSerializer(Double.class, new FiniteDouble());
        addSerializer(double.class, new FiniteDouble());
    }

    private static final class FiniteDouble extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        FiniteDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
    }
}
