package io.thetascope.gateway.report.deck;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A network of the deck. Its slides of norms name none: which one it was is inferred from the norms. */
public enum DeckNetwork {
    @JsonProperty("lenet")
    LENET("LeNet", "lenet", "inferred: Kaiming starts LeNet-5 at 21.7"),
    @JsonProperty("resnet18")
    RESNET18("ResNet18", "resnet18", "inferred: Kaiming starts ResNet18 at 120.1"),
    @JsonProperty("vgg19")
    VGG19("VGG19", "vgg19", "inferred: Kaiming starts VGG19 at 165.6"),
    @JsonProperty("unknown")
    UNKNOWN("no network", "", "not inferred: none of the three networks starts near this norm");

    private final String title;
    private final String family;
    private final String inference;

    DeckNetwork(String title, String family, String inference) {
        this.title = title;
        this.family = family;
        this.inference = inference;
    }

    /** Returns its name. */
    public String title() {
        return title;
    }

    /** Returns how it was inferred, in words. */
    public String inference() {
        return inference;
    }

    /** Whether a network of ours is one of these, whatever its stem or head. */
    boolean includes(String network) {
        return this != UNKNOWN && network.startsWith(family);
    }
}
