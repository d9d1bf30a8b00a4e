-- Which dead letters were sent again, by their id (topic, partition and offset): each is sent once (decision 0018).
CREATE TABLE resent_letter (
    letter_id VARCHAR(160) PRIMARY KEY,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL
);
