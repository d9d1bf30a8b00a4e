package io.thetascope.gateway.access;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.thetascope.contracts.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of the served OpenAPI document. */
final class Operations {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private Operations() {}

    /**
     * One operation.
     *
     * @param method in capitals
     * @param template of the path
     * @param roles that it declares
     */
    record Operation(String method, String template, List<String> roles) {
        /** Says what the API promises, whatever the document says: who only looks is a viewer. */
        String role() {
            boolean looks = method.equals("GET") || template.equals("/api/v1/studies/plan");
            return looks ? Role.VIEWER : Role.OPERATOR;
        }

        /** Sends it for things that are not there, with no body: allowed, it changes nothing. */
        Response send(@Nullable String token) {
            RequestSpecification request = given().accept("*/*").redirects().follow(false);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            if (!method.equals("GET") && !method.equals("DELETE")) {
                request.contentType("application/json");
            }
            return request.request(method, path());
        }

        private String path() {
            return template.replaceAll("/studies/\\{\\w+}", "/studies/s00000000000000000000")
                    .replaceAll("/runs/\\{\\w+}", "/runs/r00000000000000000000")
                    .replaceAll("/(analyses|comparisons)/\\{\\w+}", "/$1/a00000000000000000000")
                    .replaceAll("/(networks|pretrained)/\\{\\w+}", "/$1/lenet")
                    .replaceAll("\\{\\w+}", "0");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    static List<Operation> served() {
        byte[] document = given().get("/q/openapi?format=json").asByteArray();
        List<Operation> operations = new ArrayList<>();
        Json.read(document, JsonNode.class)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        operations.add(new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), roles(entry.getValue())));
                    }
                }));
        return operations;
    }

    private static List<String> roles(JsonNode operation) {
        List<String> roles = new ArrayList<>();
        operation
                .path("security")
                .forEach(requirement -> requirement.path("bearer").forEach(role -> roles.add(role.asText())));
        return roles;
    }
}
