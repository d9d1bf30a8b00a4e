-- Figures on the training images that a run holds back.
ALTER TABLE run_epoch ADD COLUMN validation_loss DOUBLE PRECISION;
ALTER TABLE run_epoch ADD COLUMN validation_accuracy DOUBLE PRECISION;

-- What the optimizer did to every parameter up to a checkpoint, where a run keeps it.
ALTER TABLE run_checkpoint ADD COLUMN evidence_key VARCHAR(400);
ALTER TABLE run_checkpoint ADD COLUMN evidence_sha256 VARCHAR(64);
ALTER TABLE run_checkpoint ADD COLUMN evidence_bytes BIGINT;

-- Where the parts of a run were computed, a JSON list: a run that was resumed has more than one.
ALTER TABLE run ADD COLUMN computed_parts VARCHAR;
